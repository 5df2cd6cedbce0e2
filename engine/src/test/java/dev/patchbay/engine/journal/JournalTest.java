package dev.patchbay.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path temporary;

    @Test
    void aNewStoreIsEmpty() throws Exception {
        try (Journal journal = Journal.open(store())) {
            assertThat(journal.stored()).isEqualTo(StoredState.EMPTY);
            assertThat(journal.warnings()).isEmpty();
            journal.requireWritable();
        }
    }

    @Test
    void whatWasWrittenIsThereWhenTheStoreIsOpenedAgain() throws Exception {
        StoredState before;
        try (Journal journal = Journal.open(store())) {
            SampleRecords.tell(journal);
            SampleRecords.addNetwork(journal);
            SampleRecords.addNetwork(journal);
            before = journal.stored();
        }
        assertThat(before.revision()).isEqualTo(5);
        assertThat(before.statuses())
                .as("the sandbox is gone, and its status with it")
                .isEmpty();
        try (Journal journal = Journal.open(store())) {
            assertThat(journal.stored()).isEqualTo(before);
            assertThat(SampleRecords.order(journal.stored())).isEqualTo(SampleRecords.order(before));
        }
    }

    @Test
    void anIntentWithoutItsEndIsPendingAfterACrash() throws Exception {
        JournalRecord.Intent intent;
        try (Journal journal = Journal.open(store())) {
            intent = SampleRecords.intent(journal, new SpecChange(List.of((Spec) Samples.network()), List.of()));
            journal.intent(intent);
        }
        try (Journal journal = Journal.open(store())) {
            assertThat(journal.stored().pending()).isEqualTo(intent);
            assertThat(journal.stored().specs().all()).isEmpty();
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> journal.intent(intent))
                    .withMessageContaining("not finished");
            journal.abort();
            assertThat(journal.stored().pending()).isNull();
        }
    }

    @Test
    void aCommitWithoutAnIntentIsRefusedAndNotWritten() throws Exception {
        try (Journal journal = Journal.open(store())) {
            assertThatIllegalStateException().isThrownBy(() -> SampleRecords.commit(journal));
            assertThatIllegalStateException().isThrownBy(journal::abort);
        }
        assertThat(store().resolve("journal.0")).isEmptyFile();
    }

    @Test
    void snapshotsReplaceOldRecordsAndKeepTheOrder() throws Exception {
        StoredState before;
        NetworkSpec first = Samples.network();
        try (Journal journal = Journal.open(store())) {
            journal.intent(SampleRecords.intent(journal, new SpecChange(List.of(first), List.of())));
            SampleRecords.commit(journal);
            for (int i = 0; i < 1_300; i++) {
                SampleRecords.addNetwork(journal);
            }
            // Replaced, not added: it stays the first.
            journal.intent(SampleRecords.intent(journal, new SpecChange(List.of(first), List.of())));
            SampleRecords.commit(journal);
            before = journal.stored();
        }
        assertThat(before.activity()).hasSize(ActivityEntry.MAX_ENTRIES);
        assertThat(before.activity().getLast().number()).isEqualTo(before.revision());
        assertThat(names()).filteredOn(name -> name.startsWith("snapshot.")).hasSize(2);
        assertThat(names()).doesNotContain("journal.0").noneMatch(name -> name.endsWith(".unfinished"));
        try (Journal journal = Journal.open(store())) {
            assertThat(journal.stored()).isEqualTo(before);
            assertThat(SampleRecords.order(journal.stored()))
                    .isEqualTo(SampleRecords.order(before))
                    .startsWith(first.id());
        }
    }

    @Test
    void onlyTheOwnerCanEnterTheDirectoryAndReadItsFiles() throws Exception {
        Files.createDirectory(
                store(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (Journal journal = Journal.open(store())) {
            for (int i = 0; i < 600; i++) {
                SampleRecords.addNetwork(journal);
            }
        }
        assertThat(mode(store())).isEqualTo("rwx------");
        assertThat(names())
                .contains("snapshot.1", "journal.1", "lock")
                .allSatisfy(name -> assertThat(mode(store().resolve(name))).isEqualTo("rw-------"));
    }

    @Test
    void aSymbolicLinkIsNoDirectoryForRecords() throws Exception {
        Files.createSymbolicLink(store(), temporary);
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> Journal.open(store()));
    }

    /// An interrupt closes the file as well, and nobody knows what the disk has of it: the next one has the whole
    /// state.
    @Test
    void afterAWriteThatFailedTheNextRecordGoesIntoAnotherFile() throws Exception {
        StoredState last;
        try (Journal journal = Journal.open(store())) {
            SampleRecords.addNetwork(journal);
            StoredState before = journal.stored();
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> journal.autoRepair(true));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.stored()).isEqualTo(before);
            Thread.currentThread().interrupt();
            journal.boot("noted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.stored().bootId()).isEqualTo("noted");
            assertThat(names()).doesNotContain("snapshot.1");

            journal.autoRepair(true);

            assertThat(names()).contains("snapshot.1", "journal.1");
            SampleRecords.addNetwork(journal);
            last = journal.stored();
        }
        try (Journal journal = Journal.open(store())) {
            assertThat(journal.stored()).isEqualTo(last);
            assertThat(journal.stored().autoRepair()).isTrue();
            assertThat(journal.stored().revision()).isEqualTo(2);
            assertThat(journal.warnings()).isEmpty();
        }
    }

    @Test
    void networksOfVersion010HaveNoOptionsOfAddresses() throws Exception {
        NetworkSpec network = Samples.network();
        assertThat(network.ipamOptions()).isNotEmpty();
        JournalRecord written = new JournalRecord.Intent(
                7, new SpecChange(List.of(network), List.of()), "create", ActivityKind.ACTION, 0);
        JsonNode older = Json.MAPPER.readTree(JournalJson.bytes(written));
        older.findParents("ipamOptions").forEach(spec -> ((ObjectNode) spec).remove("ipamOptions"));

        JournalRecord read = JournalJson.record(Json.MAPPER.writeValueAsBytes(older));

        assertThat(Json.MAPPER.writeValueAsString(read))
                .contains("\"ipamOptions\":{}")
                .isEqualTo(Json.MAPPER
                        .writeValueAsString(written)
                        .replace("\"ipamOptions\":{\"a\":\"b\"}", "\"ipamOptions\":{}"));
    }

    private Path store() {
        return temporary.resolve("records");
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(store())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
