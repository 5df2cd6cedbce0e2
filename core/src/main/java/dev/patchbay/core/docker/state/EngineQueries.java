package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an engine says of its objects and its past, as it says it.
public record EngineQueries(DockerEngine engine) {
    /// @param found in a listing
    /// @param path of the document, with `%s` for the id
    public ObjectNode inspect(JsonNode found, String path) throws EngineException, RefusedException {
        return (ObjectNode)
                engine.get(path.formatted(ApiRequest.escaped(found.path("Id").asText())));
    }

    /// As far back as the engine remembers: its last 256.
    public List<HostEvent> events() throws EngineException {
        List<HostEvent> events = new ArrayList<>();
        String filters = ApiRequest.filters(EngineEvents.filters(engine.isPodman()));
        try {
            ApiRequest history =
                    ApiRequest.get("/events?since=0&" + endParameter() + "&filters=" + ApiRequest.escaped(filters));
            engine.documents(history, Event.class)
                    .forEach(event -> EngineEvents.of(event).ifPresent(events::add));
            return events;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's events", refused.refusal().sentence());
        }
    }

    /// Podman 4.3 may end before its first event when the time to end at has come already, and it alone knows
    /// `stream`.
    private String endParameter() throws EngineException, RefusedException {
        return engine.isPodman() ? "stream=false" : "until=" + engineTime();
    }

    /// Seconds and nanoseconds by the engine's clock: with another machine's, the newest events would be left out or
    /// waited for.
    private String engineTime() throws EngineException, RefusedException {
        String systemTime = engine.get("/info").path("SystemTime").asText();
        try {
            Instant now = OffsetDateTime.parse(systemTime).toInstant();
            return "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
        } catch (DateTimeParseException e) {
            throw new EngineException("read the engine's clock", "it says \"" + systemTime + "\"", e);
        }
    }

    public Map<Id, ContainerSize> sizes() throws EngineException {
        try {
            Map<Id, ContainerSize> sizes = new HashMap<>();
            for (JsonNode container : engine.get("/containers/json?all=1&size=1")) {
                sizes.put(
                        DockerIds.id(container.path("Id").asText()),
                        new ContainerSize(
                                container.path("SizeRw").asLong(),
                                container.path("SizeRootFs").asLong()));
            }
            return sizes;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the sizes of containers", refused.refusal().sentence());
        }
    }

    /// @param found the container's inspect document
    public void log(JsonNode found, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException {
        String path = "/containers/" + found.path("Id").asText() + "/logs?stdout=1&stderr=1&follow="
                + (query.follow() ? 1 : 0) + "&tail=" + (query.lines() < 0 ? "all" : query.lines());
        engine.log(path, found.at("/Config/Tty").asBoolean(), out, err);
    }
}
