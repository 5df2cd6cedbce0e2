package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.UnknownObject;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.JsonLines;
import dev.patchbay.core.docker.api.LogFrames;
import dev.patchbay.core.events.HostEvent;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an engine says of its objects and its past, as it says it.
record EngineWords(DockerEngine engine) {
    /// @param found in a listing; null when it is not there
    ObjectNode inspect(@Nullable JsonNode found, String path, Mistake missing) throws EngineException, UnknownObject {
        if (found == null) {
            throw new UnknownObject(missing.refusal());
        }
        try {
            return (ObjectNode) engine.get(
                    path.formatted(ApiRequest.escaped(found.path("Id").asText())));
        } catch (Mistake refused) {
            throw new UnknownObject(refused.refusal());
        }
    }

    /// As far back as the engine remembers: its last 256.
    List<HostEvent> events() throws EngineException {
        List<HostEvent> events = new ArrayList<>();
        String path = "/events?since=0&" + end() + "&filters=" + ApiRequest.escaped(DockerEvents.FILTERS);
        try (JsonLines lines = engine.lines(ApiRequest.get(path))) {
            for (Optional<JsonNode> said = lines.next(); said.isPresent(); said = lines.next()) {
                DockerEvents.of(said.get()).ifPresent(events::add);
            }
            return events;
        } catch (Mistake refused) {
            throw new EngineException(
                    "read the engine's events", refused.refusal().sentence());
        }
    }

    /// Podman 4.3 may end before its first event when the time to end at has come already, and it alone knows `stream`.
    private String end() {
        Instant now = Instant.now();
        return engine.isPodman() ? "stream=false" : "until=%d.%09d".formatted(now.getEpochSecond(), now.getNano());
    }

    /// @param found the container's inspect document
    /// @param from the first byte; counted from the end when negative
    Reply.Output log(JsonNode found, long from) throws EngineException, UnknownObject {
        String path = "/containers/" + found.path("Id").asText() + "/logs?stdout=1&stderr=1";
        try {
            byte[] bytes = engine.bytes(path);
            return LogFrames.part(bytes, found.at("/Config/Tty").asBoolean(), from);
        } catch (Mistake refused) {
            throw new UnknownObject(refused.refusal());
        }
    }
}
