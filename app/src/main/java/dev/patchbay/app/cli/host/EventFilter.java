package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.engine.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `--filter` options of `events`: an event needs one of the values for each name.
record EventFilter(Map<String, List<String>> wanted) {
    private static final Set<String> NAMES = Set.of("container", "event", "image", "label", "network", "scope", "type");

    static EventFilter of(Map<String, List<String>> words) throws CommandRefusedException {
        for (String name : words.keySet()) {
            if (!NAMES.contains(name)) {
                throw new CommandRefusedException(Refusal.of("invalid-filter", "Invalid filter '" + name + "'"));
            }
        }
        return new EventFilter(words);
    }

    boolean matches(HostEvent event) {
        return wanted.entrySet().stream()
                .allMatch(
                        filter -> filter.getValue().stream().anyMatch(value -> matches(event, filter.getKey(), value)));
    }

    private static boolean matches(HostEvent event, String name, String value) {
        return switch (name) {
            case "type" -> event.kind().toString().equals(value);
            case "event" -> event.action().equals(value);
            case "scope" -> value.equals("local");
            case "image" -> event.attributes().getOrDefault("image", "").equals(value);
            case "label" -> label(event.attributes(), value);
            case "container" -> event.kind() == HostEvent.Kind.CONTAINER && isNamed(event, value);
            default -> event.kind() == HostEvent.Kind.NETWORK && isNamed(event, value);
        };
    }

    private static boolean label(Map<String, String> attributes, String value) {
        int equals = value.indexOf('=');
        return equals < 0
                ? attributes.containsKey(value)
                : value.substring(equals + 1).equals(attributes.get(value.substring(0, equals)));
    }

    private static boolean isNamed(HostEvent event, String value) {
        return event.id().value().startsWith(value)
                || event.attributes().getOrDefault("name", "").equals(value);
    }
}
