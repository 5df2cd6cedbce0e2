package dev.patchbay.core.docker.state;

import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.HostEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The engine's events as ours.
public final class EngineEvents {
    private static final String CONTAINER = "container";
    private static final String NETWORK = "network";

    /// Images and volumes are no part of the topology.
    private static final String[] TYPES = {CONTAINER, NETWORK};

    /// Every action of containers and networks but the commands that are run inside: a health check has three of
    /// those each time.
    private static final String[] ACTIONS = {
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
        "update"
    };

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

    private EngineEvents() {}

    /// What to ask the engine for. Podman has other words for some actions, and gives all that it has.
    static Map<String, List<String>> filters(boolean podman) {
        return podman ? Map.of("type", List.of(TYPES)) : Map.of("type", List.of(TYPES), "event", List.of(ACTIONS));
    }

    /// The same for a command that follows events.
    static EventsCmd filter(EventsCmd command, boolean podman) {
        EventsCmd typed = command.withEventTypeFilter(TYPES);
        return podman ? typed : typed.withEventFilter(ACTIONS);
    }

    /// As the engine writes it: docker-java looks its own types up in lower case of the machine's language, and in
    /// Turkish there is no "container".
    private static String type(Event event) {
        return String.valueOf(event.getRawValues().get("Type"));
    }

    /// Whether the topology may be another after this event. Docker tells of a health check when its result is
    /// another than the last one; Podman, each time and without the result.
    static boolean changesTopology(Event event) {
        String action = action(event);
        return CHANGING.contains(action) || action.startsWith(HEALTH + ":");
    }

    /// Whether it is about a network itself, and not about a container on it.
    static boolean changesNetworks(Event event) {
        return type(event).equals(NETWORK) && !isConnectOrDisconnect(event);
    }

    public static boolean createsNetwork(Event event) {
        return type(event).equals(NETWORK) && action(event).equals("create");
    }

    /// Empty for what is no event of one network or container, and for commands run inside them.
    public static Optional<HostEvent> of(Event event) {
        String action = action(event);
        HostEvent.Kind kind = type(event).equals(CONTAINER)
                ? HostEvent.Kind.CONTAINER
                : type(event).equals(NETWORK) ? HostEvent.Kind.NETWORK : null;
        String id = subject(event);
        if (kind == null || id.isEmpty() || action.startsWith("exec_") || action.startsWith(HEALTH)) {
            return Optional.empty();
        }
        SortedMap<String, String> attributes = new TreeMap<>(attributes(event));
        if (isPodmanConnectEvent(event)) {
            attributes.put(CONTAINER, id);
        }
        // A container that goes is removed in Podman's words, and destroyed in Docker's.
        String word = kind == HostEvent.Kind.CONTAINER && action.equals("remove") ? "destroy" : action;
        long nanos = Objects.requireNonNullElse(event.getTimeNano(), 0L);
        return Optional.of(new HostEvent(
                Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), kind, word, JsonValues.id(id), attributes));
    }

    /// The container that an event is about; empty for none.
    public static String container(Event event) {
        return type(event).equals(CONTAINER) || isPodmanConnectEvent(event)
                ? subject(event)
                : attributes(event).getOrDefault(CONTAINER, "");
    }

    /// Podman 4.3 tells of a place on a network with the container as its subject, and does not name the network.
    private static boolean isPodmanConnectEvent(Event event) {
        return type(event).equals(NETWORK)
                && isConnectOrDisconnect(event)
                && !attributes(event).containsKey(CONTAINER);
    }

    private static boolean isConnectOrDisconnect(Event event) {
        return action(event).equals("connect") || action(event).equals("disconnect");
    }

    private static String action(Event event) {
        return Objects.requireNonNullElse(event.getAction(), "");
    }

    private static String subject(Event event) {
        EventActor actor = event.getActor();
        return actor == null ? "" : Objects.requireNonNullElse(actor.getId(), "");
    }

    private static Map<String, String> attributes(Event event) {
        EventActor actor = event.getActor();
        return actor == null ? Map.of() : Objects.requireNonNullElse(actor.getAttributes(), Map.of());
    }
}
