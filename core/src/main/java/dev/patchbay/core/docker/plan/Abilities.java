package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.DockerStep.Act.Forward;
import dev.patchbay.core.docker.plan.DockerStep.Act.Wire;
import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// What depends on the engine.
public interface Abilities {
    /// The inspect document of an image; missing where there is none.
    JsonNode image(String image) throws EngineException, Mistake;

    /// What a container's own files differ in from its image's, `{"Path":"/etc/motd","Kind":1}` each.
    JsonNode changes(String container) throws EngineException, Mistake;

    /// Whether an inspect document has all that a container was made with.
    boolean tellsAllOfContainers();

    /// Whether it takes a MAC address and a priority of gateways for each place.
    boolean takesMacOfEachPlace();

    boolean takesGatewayPriority();

    /// Whether its prune takes networks away that stopped containers are on.
    boolean prunesNetworksOfTheStopped();

    /// @throws Mistake where nobody can publish a port beside the engine
    PortPart portPart() throws EngineException, Mistake;

    /// The command lines that do this, as the host is now.
    List<String> lines(Forward forward) throws EngineException, Mistake;

    List<String> lines(Wire wire) throws EngineException, Mistake;

    /// What Patchbay's helper has recorded on the engine's host, if one runs there.
    Optional<HostState> records() throws EngineException;

    /// As [#records], with a helper that is started for it.
    ///
    /// @throws Mistake where there can be none
    HostState host() throws EngineException, Mistake;
}
