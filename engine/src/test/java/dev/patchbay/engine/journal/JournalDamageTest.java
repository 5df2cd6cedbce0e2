package dev.patchbay.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A store whose files were cut, flipped, lost or written by a newer version.
class JournalDamageTest {
    @TempDir(factory = MemoryTempDir.class)
    Path temporary;

    private List<StoredState> states = List.of();
    private byte[] whole = {};

    @BeforeEach
    void writeASmallJournal() throws Exception {
        try (Journal journal = Journal.open(store("origin"))) {
            states = SampleRecords.tell(journal);
        }
        whole = Files.readAllBytes(store("origin").resolve("journal.0"));
    }

    @Test
    void aJournalCutAtAnyByteOpensWithTheRecordsThatAreWhole() throws Exception {
        List<Integer> ends = ends();
        for (int length = 0; length <= whole.length; length++) {
            int cut = length;
            Path store = storeWith(Arrays.copyOf(whole, length));
            int records = (int) ends.stream().filter(end -> end <= cut).count();
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored()).as("cut at %d", cut).isEqualTo(states.get(records));
                assertThat(journal.warnings()).isEmpty();
                journal.boot("goes on");
            }
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored().bootId()).isEqualTo("goes on");
            }
            delete(store);
        }
    }

    /// One record is lost. Which changes were made is known all the same, and later ones stand.
    @Test
    void aFlippedBitAnywhereIsReportedAndLosesOneRecordAtMost() throws Exception {
        StoredState last = states.getLast();
        for (int at = 0; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << (at % 8));
            Path store = storeWith(bytes);
            Path aside = store.resolve("damaged-journal.0");
            for (int start = 0; start < 2; start++) {
                try (Journal journal = Journal.open(store)) {
                    StoredState stored = journal.stored();
                    assertThat(stored.specs()).as("flipped at %d", at).isEqualTo(last.specs());
                    assertThat(stored.revision()).isEqualTo(last.revision());
                    assertThat(stored.pending()).isNull();
                    assertThat(last.activity()).containsAll(stored.activity());
                    assertThat(stored.activity())
                            .hasSizeGreaterThanOrEqualTo(last.activity().size() - 1);
                    assertThat(journal.warnings()).hasSize(start == 0 ? 1 : 0);
                    assertThat(journal.damagedFiles()).containsExactly(aside);
                }
            }
            assertThat(aside).hasBinaryContent(bytes);
            delete(store);
        }
    }

    /// A whole change is lost, with all that was written about it: what refers to it is gone with it, the rest is
    /// there.
    @Test
    void damageOverSeveralRecordsLosesWhatTheySaidAndNoMore() throws Exception {
        Path origin = store("more");
        SandboxSpec sandbox = Samples.sandbox();
        NetworkSpec lost = Samples.network();
        NetworkSpec kept = Samples.network().withName("kept");
        EndpointSpec endpoint = Samples.endpoint(lost.id(), sandbox.id());
        int from;
        int to;
        try (Journal journal = Journal.open(origin)) {
            SampleRecords.put(journal, sandbox);
            from = (int) Files.size(origin.resolve("journal.0"));
            SampleRecords.put(journal, lost);
            to = (int) Files.size(origin.resolve("journal.0"));
            SampleRecords.put(journal, endpoint);
            SampleRecords.put(journal, kept);
        }
        byte[] bytes = Files.readAllBytes(origin.resolve("journal.0"));
        Arrays.fill(bytes, from + 3, to - 3, (byte) 'x');
        Files.write(origin.resolve("journal.0"), bytes);

        try (Journal journal = Journal.open(origin)) {
            assertThat(journal.warnings()).singleElement().asString().contains("damaged-journal.0");
            assertThat(SampleRecords.order(journal.stored())).containsExactly(sandbox.id(), kept.id());
            assertThat(journal.stored().revision()).isEqualTo(4);
            SampleRecords.addNetwork(journal);
        }
    }

    /// A crash behind the damage: that change has no end because it was not made.
    @Test
    void anIntentBehindTheDamageIsTakenBackAsEver() throws Exception {
        try (Journal journal = Journal.open(store("origin"))) {
            journal.intent(SampleRecords.intent(journal, new SpecChange(List.of(Samples.network()), List.of())));
        }
        Path file = store("origin").resolve("journal.0");
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        try (Journal journal = Journal.open(store("origin"))) {
            assertThat(journal.warnings()).hasSize(1);
            assertThat(journal.stored().pending()).isNotNull();
            assertThat(journal.stored().specs()).isEqualTo(states.getLast().specs());
        }
    }

    @Test
    void anEarlierFileThatIsKeptIsNotOverwritten() throws Exception {
        Path origin = store("origin");
        Path file = origin.resolve("journal.0");
        Path earlier = Files.writeString(origin.resolve("damaged-journal.0"), "earlier");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (Journal opened = Journal.open(origin)) {
            assertThat(opened.warnings()).singleElement().asString().endsWith("damaged-journal.0-2");
            assertThat(opened.damagedFiles()).hasSize(2);
        }
        assertThat(earlier).hasContent("earlier");
        assertThat(origin.resolve("damaged-journal.0-2")).hasBinaryContent(bytes);
    }

    @Test
    void aKeptFileIsReportedUntilSomebodyDeletesIt() throws Exception {
        Path file = store("origin").resolve("journal.0");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (Journal journal = Journal.open(store("origin"))) {
            assertThat(journal.damagedFiles()).hasSize(1);
            Files.delete(journal.damagedFiles().getFirst());
            assertThat(journal.damagedFiles()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":1,\"content\":{\"record\":\"teleport\",\"where\":\"away\"}}",
                "{\"schema\":1,\"content\":{\"record\":\"boot\",\"bootId\":\"x\",\"more\":1}}",
                "{\"schema\":2,\"content\":{\"record\":\"boot\",\"bootId\":\"x\"}}",
                "{\"schema\":1,\"content\":{\"record\":\"abort\"}}",
                "something else"
            })
    void aRecordThatIsNotUnderstoodMakesTheStoreReadOnlyAndIsKept(String record) throws Exception {
        Path file = store("origin").resolve("journal.0");
        Files.write(file, frame(record), StandardOpenOption.APPEND);
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        byte[] before = Files.readAllBytes(file);
        try (Journal journal = Journal.open(store("origin"))) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(journal::requireWritable);
            assertThat(journal.stored()).isEqualTo(states.getLast());
            assertThat(journal.warnings()).singleElement().asString().contains("journal.0");
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> SampleRecords.addNetwork(journal))
                    .withMessageContaining("newer");
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> journal.autoRepair(true));
            assertThatExceptionOfType(EngineException.class).isThrownBy(journal::requireSpace);
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void oneLostSnapshotLosesNothing() throws Exception {
        StoredState before = writeGenerations(3);
        Path newest = store("many").resolve("snapshot.3");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        try (Journal journal = Journal.open(store("many"))) {
            assertThat(journal.stored()).isEqualTo(before);
            assertThat(SampleRecords.order(journal.stored())).isEqualTo(SampleRecords.order(before));
            assertThat(journal.warnings()).singleElement().asString().contains("damaged-snapshot.3");
            SampleRecords.addNetwork(journal);
        }
        try (Journal journal = Journal.open(store("many"))) {
            assertThat(journal.stored().revision()).isEqualTo(before.revision() + 1);
            assertThat(journal.warnings()).isEmpty();
        }
    }

    @Test
    void withoutAnyReadableSnapshotTheStoreDoesNotPretendToBeEmpty() throws Exception {
        writeGenerations(3);
        for (String name : List.of("snapshot.2", "snapshot.3")) {
            Files.write(store("many").resolve(name), new byte[] {1, 2, 3});
        }
        Set<String> before = names(store("many"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Journal.open(store("many")))
                .withMessageContaining("no snapshot can be read");
        assertThat(names(store("many"))).isEqualTo(before);
    }

    @Test
    void aSnapshotOfANewerVersionMakesTheStoreReadOnly() throws Exception {
        writeGenerations(3);
        Files.write(store("many").resolve("snapshot.3"), frame("{\"schema\":2,\"content\":{}}"));
        try (Journal journal = Journal.open(store("many"))) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(journal::requireWritable);
            assertThat(journal.stored().revision()).isPositive();
        }
    }

    @Test
    void aDamagedJournalBelowTheLastOneDoesNotEndTheReplay() throws Exception {
        StoredState before = writeGenerations(2);
        Path many = store("many");
        Files.delete(many.resolve("snapshot.2"));
        Path below = many.resolve("journal.1");
        Files.write(below, Arrays.copyOf(Files.readAllBytes(below), (int) Files.size(below) - 1));
        try (Journal journal = Journal.open(many)) {
            assertThat(journal.warnings()).singleElement().asString().contains("damaged-journal.1");
            assertThat(journal.stored().specs()).isEqualTo(before.specs());
            assertThat(journal.stored().revision()).isEqualTo(before.revision());
            assertThat(names(many)).contains("damaged-journal.1", "snapshot.3");
        }
    }

    @Test
    void aLostJournalBelowTheLastOneIsReported() throws Exception {
        writeGenerations(2);
        Path many = store("many");
        Files.delete(many.resolve("snapshot.2"));
        Files.delete(many.resolve("journal.1"));
        try (Journal journal = Journal.open(many)) {
            assertThat(journal.damagedFiles()).containsExactly(many.resolve("damaged-journal.1"));
            SampleRecords.addNetwork(journal);
        }
    }

    @Test
    void aSnapshotThatACrashKeptFromComingAboutIsForgotten() throws Exception {
        Path store = storeWith(Arrays.copyOf(whole, whole.length - 1));
        Files.createFile(store.resolve("journal.1"));
        Files.write(store.resolve("snapshot.1.unfinished"), new byte[] {1, 2, 3});
        try (Journal journal = Journal.open(store)) {
            assertThat(journal.stored()).isEqualTo(states.get(states.size() - 2));
            assertThat(journal.warnings()).isEmpty();
            assertThat(names(store)).containsExactlyInAnyOrder("journal.0", "lock");
        }
    }

    /// A store that has just begun this generation, and one change more.
    private StoredState writeGenerations(int generation) throws Exception {
        try (Journal journal = Journal.open(store("many"))) {
            while (!Files.exists(store("many").resolve("snapshot." + generation))) {
                journal.boot("x".repeat(200_000));
                SampleRecords.addNetwork(journal);
            }
            SampleRecords.addNetwork(journal);
            return journal.stored();
        }
    }

    private List<Integer> ends() throws Exception {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (byte[] payload : RecordFormat.scan(whole).payloads()) {
            end += RecordFormat.encode(payload).remaining();
            ends.add(end);
        }
        assertThat(ends).hasSize(states.size() - 1).last().isEqualTo(whole.length);
        return ends;
    }

    private static byte[] frame(String record) {
        return RecordFormat.encode(record.getBytes(StandardCharsets.UTF_8)).array();
    }

    private Path storeWith(byte[] journal) throws Exception {
        Path store = Files.createDirectory(store("part"));
        Files.write(store.resolve("journal.0"), journal);
        return store;
    }

    private Path store(String name) {
        return temporary.resolve(name);
    }

    private static void delete(Path store) throws Exception {
        for (String name : names(store)) {
            Files.delete(store.resolve(name));
        }
        Files.delete(store);
    }

    private static Set<String> names(Path store) throws Exception {
        try (Stream<Path> files = Files.list(store)) {
            Set<String> names = new HashSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }
}
