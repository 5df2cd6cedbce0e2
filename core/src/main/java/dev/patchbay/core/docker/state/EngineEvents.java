package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.model.HostEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The engine's events as ours.
public final class EngineEvents {
    /// Images and volumes are no part of the picture. Every action of containers and networks but the commands that
    /// are run inside: a health check has three of those each time.
    private static final List<String> ACTIONS = List.of(
            "attach",
            "checkpoint",
            "commit",
            "connect",
            "copy",
            "create",
            "destroy",
            "detach",
            "die",
            "disconnect",
            "export",
            "health_status",
            "kill",
            "oom",
            "pause",
            "prune",
            "remove",
            "rename",
            "resize",
            "restart",
            "start",
            "stop",
            "top",
            "unpause",
            "update");

    /// After these, something of the picture may be another.
    private static final Set<String> CHANGING = Set.of(
            "connect",
            "create",
            "destroy",
            "die",
            "disconnect",
            "pause",
            "remove",
            "rename",
            "restart",
            "start",
            "stop",
            "unpause",
            "update",
            // Podman's words.
            "died",
            "init");

    private static final String HEALTH = "health_status";
    private static final long NANOS = 1_000_000_000L;
    private static final String CONTAINER = "container";

    private EngineEvents() {}

    /// What to ask the engine for. Podman has other words for some actions, and gets all that it has.
    static String filters(boolean podman) {
        String types = "\"type\":[\"container\",\"network\"]";
        return podman ? "{" + types + "}" : "{" + types + ",\"event\":[\"" + String.join("\",\"", ACTIONS) + "\"]}";
    }

    /// Whether the picture may be another after this event. Docker tells of a health check when its result is another
    /// than the last one; Podman, each time and without the result.
    static boolean changesTopology(JsonNode said) {
        String action = said.path("Action").asText("");
        return CHANGING.contains(action) || action.startsWith(HEALTH + ":");
    }

    /// Whether it is about a network itself, and not about a container on it.
    static boolean changesNetworks(JsonNode said) {
        String action = said.path("Action").asText("");
        return said.path("Type").asText("").equals("network")
                && !action.equals("connect")
                && !action.equals("disconnect");
    }

    /// Empty for what is no event of one network or container, and for commands run inside them.
    public static Optional<HostEvent> of(JsonNode said) {
        String action = action(said);
        HostEvent.Kind kind = switch (said.path("Type").asText("")) {
            case CONTAINER -> HostEvent.Kind.CONTAINER;
            case "network" -> HostEvent.Kind.NETWORK;
            default -> null;
        };
        String id = said.at("/Actor/ID").asText("");
        if (kind == null || id.isEmpty() || action.startsWith("exec_") || action.startsWith(HEALTH)) {
            return Optional.empty();
        }
        SortedMap<String, String> attributes = new TreeMap<>();
        said.at("/Actor/Attributes")
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        if (isPodmanConnectEvent(said)) {
            attributes.put(CONTAINER, id);
        }
        long nanos = said.path("timeNano").asLong();
        return Optional.of(new HostEvent(
                Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), kind, action, DockerIds.id(id), attributes));
    }

    /// The container that an event is about; empty for none.
    public static String container(JsonNode said) {
        return said.path("Type").asText("").equals(CONTAINER) || isPodmanConnectEvent(said)
                ? said.at("/Actor/ID").asText("")
                : said.at("/Actor/Attributes/container").asText("");
    }

    /// Podman 4.3 tells of a place on a network with the container as its subject, and does not name the network.
    private static boolean isPodmanConnectEvent(JsonNode said) {
        String action = said.path("Action").asText("");
        return said.path("Type").asText("").equals("network")
                && (action.equals("connect") || action.equals("disconnect"))
                && !said.at("/Actor/Attributes").has(CONTAINER);
    }

    /// A container that goes is removed in Podman's words, and destroyed in Docker's.
    private static String action(JsonNode said) {
        String action = said.path("Action").asText("");
        return said.path("Type").asText("").equals(CONTAINER) && action.equals("remove") ? "destroy" : action;
    }
}
