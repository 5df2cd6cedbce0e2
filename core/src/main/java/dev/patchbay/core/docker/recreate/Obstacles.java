package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.DockerState;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.RecreateMistakes;
import java.util.Map;
import java.util.Set;

/// Refuses to make a container anew where something would be lost that nobody could bring back.
public final class Obstacles {
    private static final String SHARED = "container:";
    private static final Set<String> WITHOUT_PORTS = Set.of("host", "none");
    private static final Map<String, String> SHARING =
            Map.of("NetworkMode", "network", "PidMode", "processes", "IpcMode", "memory");

    private Obstacles() {}

    /// @param container its inspect document
    public static void refuse(JsonNode container, DockerState state) throws Mistake {
        String name = DockerState.name(container);
        if (container.at("/HostConfig/AutoRemove").asBoolean()) {
            throw RecreateMistakes.autoRemove(name);
        }
        if (container.at("/State/Paused").asBoolean()) {
            throw RecreateMistakes.paused(name);
        }
        if (container.at("/Config/Labels").has("com.docker.swarm.service.id")) {
            throw RecreateMistakes.swarm(name);
        }
        String mode = container.at("/HostConfig/NetworkMode").asText();
        if (mode.startsWith(SHARED) || WITHOUT_PORTS.contains(mode)) {
            throw RecreateMistakes.noPortsInMode(name, mode);
        }
        if (container.at("/NetworkSettings/Networks").isEmpty()) {
            throw RecreateMistakes.noNetwork(name);
        }
        for (JsonNode other : state.containers()) {
            refuseIfNeededBy(other, container, state);
        }
    }

    private static void refuseIfNeededBy(JsonNode other, JsonNode container, DockerState state) throws Mistake {
        String name = DockerState.name(container);
        for (Map.Entry<String, String> sharing : SHARING.entrySet()) {
            String shared = other.path("HostConfig").path(sharing.getKey()).asText("");
            if (shared.startsWith(SHARED) && container.equals(state.container(shared.substring(SHARED.length())))) {
                throw RecreateMistakes.shares(name, DockerState.name(other), sharing.getValue());
            }
        }
        for (JsonNode link : other.at("/HostConfig/Links")) {
            if (link.asText().startsWith("/" + name + ":")) {
                throw RecreateMistakes.linked(name, DockerState.name(other));
            }
        }
    }
}
