package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import java.util.Map;
import java.util.Set;

/// Refuses to recreate a container when something would be lost that cannot be restored.
public final class RecreationChecks {
    private static final String SHARED = "container:";
    private static final Set<String> WITHOUT_PORTS = Set.of("host", "none");
    private static final Map<String, String> SHARING =
            Map.of("NetworkMode", "network", "PidMode", "processes", "IpcMode", "memory");

    private RecreationChecks() {}

    /// @param container its inspect document
    public static void check(JsonNode container, EngineState state) throws RefusedException {
        String name = EngineState.name(container);
        if (container.at("/HostConfig/AutoRemove").asBoolean()) {
            throw RecreateRefusals.autoRemove(name);
        }
        if (container.at("/State/Paused").asBoolean()) {
            throw RecreateRefusals.paused(name);
        }
        if (container.at("/Config/Labels").has("com.docker.swarm.service.id")) {
            throw RecreateRefusals.swarm(name);
        }
        String mode = container.at("/HostConfig/NetworkMode").asText();
        if (mode.startsWith(SHARED) || WITHOUT_PORTS.contains(mode)) {
            throw RecreateRefusals.noPortsInMode(name, mode);
        }
        if (container.at("/NetworkSettings/Networks").isEmpty()) {
            throw RecreateRefusals.noNetwork(name);
        }
        for (JsonNode other : state.containers()) {
            checkNotNeededBy(other, container, state);
        }
    }

    private static void checkNotNeededBy(JsonNode other, JsonNode container, EngineState state)
            throws RefusedException {
        String name = EngineState.name(container);
        for (Map.Entry<String, String> sharing : SHARING.entrySet()) {
            String shared = other.path("HostConfig").path(sharing.getKey()).asText("");
            if (shared.startsWith(SHARED) && container.equals(state.container(shared.substring(SHARED.length())))) {
                throw RecreateRefusals.namespaceShared(name, EngineState.name(other), sharing.getValue());
            }
        }
        for (JsonNode link : other.at("/HostConfig/Links")) {
            if (link.asText().startsWith("/" + name + ":")) {
                throw RecreateRefusals.linked(name, EngineState.name(other));
            }
        }
    }
}
