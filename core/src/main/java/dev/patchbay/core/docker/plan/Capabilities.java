package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.DockerStep.Action.AttachedNetworkChange;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// The capabilities of an engine that a plan depends on.
public interface Capabilities {
    /// The inspect document of an image; missing when there is none.
    JsonNode image(String image) throws EngineException, RefusedException;

    /// The files that a container has changed, each as `{"Path":"/etc/motd","Kind":1}`.
    JsonNode containerDiff(String container) throws EngineException, RefusedException;

    /// Whether an inspect document has all settings of a container.
    boolean hasCompleteInspect();

    /// Whether each endpoint can have a MAC address and a gateway priority.
    boolean supportsEndpointMac();

    boolean supportsGatewayPriority();

    /// Whether a network can be without IPv4.
    boolean supportsIpv6Only();

    /// Whether its prune also removes networks of stopped containers.
    boolean prunesNetworksOfStopped();

    /// @throws RefusedException when no port can be published beside the engine
    HostPortState hostPortState() throws EngineException, RefusedException;

    /// The command lines that do this on the present host.
    List<String> commandLines(ExternalPublish external) throws EngineException, RefusedException;

    List<String> commandLines(AttachedNetworkChange change) throws EngineException, RefusedException;

    /// The records of Patchbay's helper on the engine's host, if one runs there.
    Optional<HelperState> recordedState() throws EngineException;

    /// As [#recordedState], but starts a helper.
    ///
    /// @throws RefusedException when there can be none
    HelperState startedState() throws EngineException, RefusedException;
}
