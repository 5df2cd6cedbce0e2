package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;

/// A network or container of an engine in a step. The id identifies it; the name is for a person.
///
/// @param id the engine's, or a placeholder for an object that an earlier step of the plan creates
public record EngineObject(String id, String name) {
    public static EngineObject container(JsonNode container) {
        return new EngineObject(container.path("Id").asText(), EngineState.name(container));
    }

    public static EngineObject network(JsonNode network) {
        return new EngineObject(
                network.path("Id").asText(), network.path("Name").asText());
    }
}
