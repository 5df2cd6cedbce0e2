package dev.patchbay.engine.journal;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.SandboxStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON form of records and snapshots. Each has the number of its schema; one with an unknown number
/// is not read.
final class JournalJson {
    private static final int VERSION = 1;

    private JournalJson() {}

    private record RecordEnvelope(int schema, JournalRecord content) {}

    private record SnapshotEnvelope(int schema, Snapshot content) {}

    /// [StoredState] as stored in the file: the specs are a list, because their order is part of the
    /// state.
    private record Snapshot(
            long revision,
            List<Spec> specs,
            List<SandboxStatus> statuses,
            List<ActivityEntry> activity,
            String bootId,
            boolean autoRepair,
            @JsonSetter(nulls = Nulls.SET) JournalRecord.@Nullable Intent pending) {}

    static byte[] bytes(JournalRecord record) throws IOException {
        return Json.MAPPER.writeValueAsBytes(new RecordEnvelope(VERSION, record));
    }

    static byte[] bytes(StoredState stored) throws IOException {
        Snapshot snapshot = new Snapshot(
                stored.revision(),
                List.copyOf(stored.specs().all()),
                stored.statuses(),
                stored.activity(),
                stored.bootId(),
                stored.autoRepair(),
                stored.pending());
        return Json.MAPPER.writeValueAsBytes(new SnapshotEnvelope(VERSION, snapshot));
    }

    /// Null when this Patchbay does not understand the record.
    static @Nullable JournalRecord record(byte[] bytes) throws IOException {
        return content(bytes, JournalRecord.class);
    }

    /// Null when this Patchbay does not understand the snapshot.
    static @Nullable StoredState stored(byte[] bytes) throws IOException {
        Snapshot snapshot = content(bytes, Snapshot.class);
        return snapshot == null
                ? null
                : new StoredState(
                        snapshot.revision(),
                        Specs.of(snapshot.specs()),
                        snapshot.statuses(),
                        snapshot.activity(),
                        snapshot.bootId(),
                        snapshot.autoRepair(),
                        snapshot.pending());
    }

    /// Version 0.1.0 did not record the MTU and the settings of an adopted bridge.
    private static void completeFoundBridge(JsonNode found) {
        if (found instanceof ObjectNode bridge && bridge.has("addresses") && !bridge.has("settings")) {
            bridge.put("mtu", 0);
            bridge.putObject("settings");
        }
    }

    /// Version 0.1.0 did not record the options of a network's address driver.
    private static void completeNetwork(JsonNode network) {
        if (network instanceof ObjectNode spec && !spec.has("ipamOptions")) {
            spec.putObject("ipamOptions");
        }
    }

    private static <T> @Nullable T content(byte[] bytes, Class<T> type) throws IOException {
        try {
            JsonNode envelope = Json.MAPPER.readTree(bytes);
            envelope.findValues("found").forEach(JournalJson::completeFoundBridge);
            envelope.findParents("configFrom").forEach(JournalJson::completeNetwork);
            return envelope.path("schema").asInt() == VERSION
                    ? Json.MAPPER.treeToValue(envelope.path("content"), type)
                    : null;
        } catch (JsonProcessingException e) {
            // Its checksum is right, so a newer version wrote it, with unknown kinds or fields.
            return null;
        }
    }
}
