package dev.patchbay.core.docker.picture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an engine said of itself, as it said it.
///
/// @param engine its address, by which records know it
/// @param info of `/info`
/// @param networks their inspect documents, in the order they were created
/// @param containers their inspect documents, in the order they were created
public record DockerState(String engine, JsonNode info, List<JsonNode> networks, List<JsonNode> containers) {
    private static final String ID = "Id";

    public DockerState {
        networks = List.copyOf(networks);
        containers = List.copyOf(containers);
    }

    /// The network with this id, name, or unique beginning of an id, as the engine finds it; null for none.
    public @Nullable JsonNode network(String typed) {
        return found(networks, typed, node -> node.path("Name").asText());
    }

    public @Nullable JsonNode container(String typed) {
        String name = typed.startsWith("/") ? typed.substring(1) : typed;
        return found(containers, name, DockerState::name);
    }

    /// A container's name without its slash.
    public static String name(JsonNode container) {
        String name = container.path("Name").asText();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private interface Naming {
        String name(JsonNode node);
    }

    private static @Nullable JsonNode found(List<JsonNode> all, String typed, Naming naming) {
        if (typed.isEmpty()) {
            return null;
        }
        List<JsonNode> starting = all.stream()
                .filter(node -> node.path(ID).asText().startsWith(typed))
                .toList();
        Stream<JsonNode> whole =
                starting.stream().filter(node -> node.path(ID).asText().equals(typed));
        Stream<JsonNode> named = all.stream().filter(node -> naming.name(node).equals(typed));
        return Stream.concat(whole, named)
                .findFirst()
                .orElse(starting.size() == 1 ? starting.getFirst() : byOurs(all, typed));
    }

    /// Objects whose id is no hex digits go by one that follows from it.
    private static @Nullable JsonNode byOurs(List<JsonNode> all, String typed) {
        return all.stream()
                .filter(node -> Words.id(node.path(ID).asText()).value().equals(typed))
                .findFirst()
                .orElse(null);
    }
}
