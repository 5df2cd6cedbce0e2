package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.picture.DockerIds;
import dev.patchbay.core.events.HostEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The engine's events as ours.
public final class DockerEvents {
    /// Of these alone; images and volumes are no part of the picture.
    static final String FILTERS = "{\"type\":[\"container\",\"network\"]}";

    private static final long NANOS = 1_000_000_000L;
    private static final String CONTAINER = "container";

    private DockerEvents() {}

    /// Empty for what is no event of one network or container, and for commands run inside them.
    static Optional<HostEvent> of(JsonNode said) {
        String action = action(said);
        HostEvent.Kind kind = switch (said.path("Type").asText("")) {
            case CONTAINER -> HostEvent.Kind.CONTAINER;
            case "network" -> HostEvent.Kind.NETWORK;
            default -> null;
        };
        String id = said.at("/Actor/ID").asText("");
        if (kind == null || id.isEmpty() || action.startsWith("exec_") || action.startsWith("health_status")) {
            return Optional.empty();
        }
        SortedMap<String, String> attributes = new TreeMap<>();
        said.at("/Actor/Attributes")
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        if (isOnlyOfContainer(said)) {
            attributes.put(CONTAINER, id);
        }
        long nanos = said.path("timeNano").asLong();
        return Optional.of(new HostEvent(
                Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), kind, action, DockerIds.id(id), attributes));
    }

    /// The container that an event is about; empty for none.
    public static String container(JsonNode said) {
        return said.path("Type").asText("").equals(CONTAINER) || isOnlyOfContainer(said)
                ? said.at("/Actor/ID").asText("")
                : said.at("/Actor/Attributes/container").asText("");
    }

    /// Podman 4.3 tells of a place on a network with the container as its subject, and does not name the network.
    private static boolean isOnlyOfContainer(JsonNode said) {
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
