package dev.patchbay.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
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
class DamageTest {
    @TempDir(factory = InMemory.class)
    Path temporary;

    private List<Stored> states = List.of();
    private byte[] whole = {};

    @BeforeEach
    void writeASmallJournal() throws Exception {
        try (Journal journal = Journal.open(store("origin"))) {
            states = Story.tell(journal);
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
                assertThat(journal.findings()).isEmpty();
                journal.boot("goes on");
            }
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored().bootId()).isEqualTo("goes on");
            }
            delete(store);
        }
    }

    @Test
    void aFlippedBitAnywhereIsFoundReportedAndKeptAside() throws Exception {
        List<Integer> ends = ends();
        for (int at = 0; at < whole.length; at++) {
            int flipped = at;
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << (at % 8));
            Path store = storeWith(bytes);
            int records = (int) ends.stream().filter(end -> end <= flipped).count();
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored()).as("flipped at %d", at).isEqualTo(states.get(records));
                assertThat(journal.findings()).singleElement().asString().contains("damaged-journal.0");
            }
            int good = records == 0 ? 0 : ends.get(records - 1);
            assertThat(store.resolve("damaged-journal.0"))
                    .hasBinaryContent(Arrays.copyOfRange(bytes, good, bytes.length));
            delete(store);
        }
    }

    @Test
    void damageIsReportedOnceAndAnEarlierFileIsNotOverwritten() throws Exception {
        for (String expected : List.of("damaged-journal.0", "damaged-journal.0-2")) {
            Path journal = store("origin").resolve("journal.0");
            byte[] bytes = Files.readAllBytes(journal);
            bytes[bytes.length - 1] ^= 1;
            Files.write(journal, bytes);
            try (Journal opened = Journal.open(store("origin"))) {
                assertThat(opened.findings()).singleElement().asString().endsWith(expected);
            }
            try (Journal opened = Journal.open(store("origin"))) {
                assertThat(opened.findings()).isEmpty();
            }
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
            assertThat(journal.isReadOnly()).isTrue();
            assertThat(journal.stored()).isEqualTo(states.getLast());
            assertThat(journal.findings()).singleElement().asString().contains("journal.0");
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Story.addNetwork(journal))
                    .withMessageContaining("newer");
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> journal.autoRepair(true));
            assertThatExceptionOfType(EngineException.class).isThrownBy(journal::requireRoom);
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void oneLostSnapshotLosesNothing() throws Exception {
        Stored before = writeGenerations(3);
        Path newest = store("many").resolve("snapshot.3");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        try (Journal journal = Journal.open(store("many"))) {
            assertThat(journal.stored()).isEqualTo(before);
            assertThat(Story.order(journal.stored())).isEqualTo(Story.order(before));
            assertThat(journal.findings()).singleElement().asString().contains("damaged-snapshot.3");
            Story.addNetwork(journal);
        }
        try (Journal journal = Journal.open(store("many"))) {
            assertThat(journal.stored().revision()).isEqualTo(before.revision() + 1);
            assertThat(journal.findings()).isEmpty();
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
            assertThat(journal.isReadOnly()).isTrue();
            assertThat(journal.stored().revision()).isPositive();
        }
    }

    @Test
    void aDamagedJournalBelowTheLastOneEndsTheReplayAndKeepsTheRest() throws Exception {
        writeGenerations(2);
        Path many = store("many");
        Files.delete(many.resolve("snapshot.2"));
        Path below = many.resolve("journal.1");
        Files.write(below, Arrays.copyOf(Files.readAllBytes(below), (int) Files.size(below) - 1));
        try (Journal journal = Journal.open(many)) {
            assertThat(journal.findings()).hasSize(2);
            assertThat(names(many)).contains("damaged-journal.1", "damaged-journal.2");
            assertThat(names(many)).doesNotContain("journal.2");
        }
    }

    @Test
    void aSnapshotThatACrashKeptFromComingAboutIsForgotten() throws Exception {
        Path store = storeWith(Arrays.copyOf(whole, whole.length - 1));
        Files.createFile(store.resolve("journal.1"));
        Files.write(store.resolve("snapshot.1.unfinished"), new byte[] {1, 2, 3});
        try (Journal journal = Journal.open(store)) {
            assertThat(journal.stored()).isEqualTo(states.get(states.size() - 2));
            assertThat(journal.findings()).isEmpty();
            assertThat(names(store)).containsExactlyInAnyOrder("journal.0", "lock");
        }
    }

    /// A store that has just begun this generation, and one change more.
    private Stored writeGenerations(int generation) throws Exception {
        try (Journal journal = Journal.open(store("many"))) {
            while (!Files.exists(store("many").resolve("snapshot." + generation))) {
                journal.boot("x".repeat(200_000));
                Story.addNetwork(journal);
            }
            Story.addNetwork(journal);
            return journal.stored();
        }
    }

    private List<Integer> ends() throws Exception {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (byte[] payload : Records.scan(whole).payloads()) {
            end += Records.encode(payload).remaining();
            ends.add(end);
        }
        assertThat(ends).hasSize(states.size() - 1).last().isEqualTo(whole.length);
        return ends;
    }

    private static byte[] frame(String record) {
        return Records.encode(record.getBytes(StandardCharsets.UTF_8)).array();
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
