package dev.patchbay.core.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// An event of a network or container.
///
/// @param action as `connect`, `die`
/// @param attributes as in Docker: `name`, and those of the action
public record HostEvent(Instant at, Kind kind, String action, Id id, SortedMap<String, String> attributes) {
    /// The kind of its object.
    public enum Kind {
        CONTAINER("container"),
        NETWORK("network");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final long NANOS = 1_000_000_000L;

    public HostEvent {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// The event in the format of Docker's API.
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (kind == Kind.CONTAINER) {
            document.put("status", action);
            document.put("id", id.value());
            document.put("from", attributes.getOrDefault("image", ""));
        }
        document.put("Type", kind.toString());
        document.put("Action", action);
        ObjectNode actor = document.putObject("Actor").put("ID", id.value());
        ObjectNode more = actor.putObject("Attributes");
        attributes.forEach(more::put);
        document.put("scope", "local");
        document.put("time", at.getEpochSecond());
        document.put("timeNano", at.getEpochSecond() * NANOS + at.getNano());
        return document;
    }
}
