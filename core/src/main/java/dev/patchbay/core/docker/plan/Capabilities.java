package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.DockerStep.Action.AttachedNetworkChange;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// What depends on the engine.
public interface Capabilities {
    /// The inspect document of an image; missing where there is none.
    JsonNode image(String image) throws EngineException, RefusedException;

    /// What a container's own files differ in from its image's, `{"Path":"/etc/motd","Kind":1}` each.
    JsonNode containerDiff(String container) throws EngineException, RefusedException;

    /// Whether an inspect document has all that a container was made with.
    boolean hasCompleteInspect();

    /// Whether it takes a MAC address and a priority of gateways for each place.
    boolean supportsEndpointMac();

    boolean supportsGatewayPriority();

    /// Whether its prune takes networks away that stopped containers are on.
    boolean prunesNetworksOfStopped();

    /// @throws RefusedException where nobody can publish a port beside the engine
    HostPortState hostPortState() throws EngineException, RefusedException;

    /// The command lines that do this, as the host is now.
    List<String> commandLines(ExternalPublish external) throws EngineException, RefusedException;

    List<String> commandLines(AttachedNetworkChange change) throws EngineException, RefusedException;

    /// What Patchbay's helper has recorded on the engine's host, if one runs there.
    Optional<HelperState> recordedState() throws EngineException;

    /// As [#recordedState], with a helper that is started for it.
    ///
    /// @throws RefusedException where there can be none
    HelperState startedState() throws EngineException, RefusedException;
}
