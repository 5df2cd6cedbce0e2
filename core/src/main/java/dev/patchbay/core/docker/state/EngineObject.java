package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;

/// A network or container of an engine that a step is about. The id decides what is acted on; the name is what a
/// person reads.
///
/// @param id the engine's, or for an object that a step of the same plan makes one that stands for it
public record EngineObject(String id, String name) {
    public static EngineObject container(JsonNode container) {
        return new EngineObject(container.path("Id").asText(), EngineState.name(container));
    }

    public static EngineObject network(JsonNode network) {
        return new EngineObject(
                network.path("Id").asText(), network.path("Name").asText());
    }
}
