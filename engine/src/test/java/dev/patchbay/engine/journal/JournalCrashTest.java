package dev.patchbay.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store in a process of its own: killed, kept out, and on a disk that is full.
class JournalCrashTest {
    @TempDir
    Path temporary;

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        Random random = new Random(20);
        Path store = temporary.resolve("records");
        long acknowledged = 0;
        for (int round = 0; round < 20; round++) {
            Process child = writer(store);
            try (BufferedReader lines = child.inputReader()) {
                int wanted = 1 + random.nextInt(120);
                for (int i = 0; i < wanted; i++) {
                    acknowledged = revision(lines.readLine());
                }
                child.toHandle().destroyForcibly();
                String line;
                while ((line = lines.readLine()) != null) {
                    acknowledged = revision(line);
                }
            }
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            try (Journal journal = Journal.open(store)) {
                StoredState stored = journal.stored();
                assertThat(journal.warnings()).isEmpty();
                assertThat(stored.revision()).isBetween(acknowledged, acknowledged + 1);
                assertThat(stored.specs().all()).hasSize((int) stored.revision());
                if (stored.pending() != null) {
                    journal.abort();
                }
                acknowledged = stored.revision();
            }
        }
    }

    @Test
    void aSecondProcessIsRefusedAndSoIsASecondOpenerInThisOne() throws Exception {
        Path store = temporary.resolve("records");
        try (Journal journal = Journal.open(store)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Journal.open(store))
                    .withMessageContaining("another helper has them open");
            // The attempt just made must not have cost us the kernel's lock.
            Process child = writer(store);
            try (BufferedReader lines = child.inputReader()) {
                assertThat(lines.readLine()).contains("another helper has them open");
            }
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(journal.stored()).isEqualTo(StoredState.EMPTY);
        }
        Journal.open(store).close();
    }

    @Test
    void aFullDiskIsSaidBeforeAChangeAndTheStoreOpensAgain() throws Exception {
        onASmallDisk(disk -> {
            Path store = disk.resolve("records");
            StoredState before;
            try (Journal journal = Journal.open(store)) {
                EngineException full = fill(journal);
                assertThat(full).hasMessageContaining("the disk of " + store + " is full");
                assertThat(full.errno()).isEqualTo(28);
                assertThat(journal.stored().pending()).isNull();
                before = journal.stored();
            }
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored()).isEqualTo(before);
                assertThat(journal.warnings()).isEmpty();
            }
        });
    }

    /// What a start finds out by itself takes no heed of the reserve: it meets the end of the disk, and leaves no
    /// trace there until there is room.
    @Test
    void factsThatAFullDiskDoesNotTakeAreWrittenWithTheNextChange() throws Exception {
        onASmallDisk(disk -> {
            Path store = disk.resolve("records");
            StoredState last;
            try (Journal journal = Journal.open(store)) {
                SampleRecords.addNetwork(journal);
                Path filler = fill(disk);
                journal.boot("b".repeat(10_000));
                assertThat(journal.stored().bootId()).hasSize(10_000);
                journal.status(SampleRecords.status(Id.random(), 3));
                Files.delete(filler);
                assertThat(store.resolve("snapshot.1")).doesNotExist();

                SampleRecords.addNetwork(journal);

                last = journal.stored();
                assertThat(last.statuses()).hasSize(1);
            }
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored()).isEqualTo(last);
                assertThat(journal.warnings()).isEmpty();
            }
        });
    }

    @Test
    void aChangeWhoseEndCannotBeWrittenIsTakenBackAndTheNextOneIsMade() throws Exception {
        onASmallDisk(disk -> {
            Path store = disk.resolve("records");
            StoredState last;
            try (Journal journal = Journal.open(store)) {
                SampleRecords.addNetwork(journal);
                StoredState before = journal.stored();
                journal.intent(
                        SampleRecords.intent(journal, new SpecChange(List.of((Spec) Samples.network()), List.of())));
                Path filler = fill(disk);
                // What is left of the last page is not enough for any of them.
                journal.boot("b".repeat(10_000));
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> SampleRecords.commit(journal))
                        .withMessageContaining("No space left on device (" + store + ")")
                        .satisfies(full -> assertThat(full.errno()).isEqualTo(28));
                journal.abort();
                assertThat(journal.stored().specs()).isEqualTo(before.specs());
                assertThat(journal.stored().pending()).isNull();
                // A crash now is found with the intent open, and so taken back as well.
                assertThatExceptionOfType(EngineException.class).isThrownBy(() -> SampleRecords.addNetwork(journal));
                Files.delete(filler);

                SampleRecords.addNetwork(journal);

                last = journal.stored();
                assertThat(last.revision()).isEqualTo(before.revision() + 1);
            }
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored()).isEqualTo(last);
                assertThat(journal.warnings()).isEmpty();
            }
        });
    }

    /// There is no room to write down anew what could be read. Nothing is lost, and nothing piles up.
    @Test
    void damageOnAFullDiskIsOneSentenceAndIsSetAsideWhenThereIsRoom() throws Exception {
        onASmallDisk(disk -> {
            Path store = disk.resolve("store");
            StoredState before;
            try (Journal journal = Journal.open(store)) {
                for (int i = 0; i < 40; i++) {
                    SampleRecords.addNetwork(journal);
                }
                before = journal.stored();
            }
            Path file = store.resolve("journal.0");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes, StandardOpenOption.WRITE);
            Path filler = fill(disk);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> Journal.open(store))
                        .withMessage("open the records in " + store + ": they are damaged, and what could be read of"
                                + " them cannot be written anew: No space left on device; nothing was changed");
                assertThat(file).hasBinaryContent(bytes);
                try (Stream<Path> files = Files.list(store)) {
                    assertThat(files.map(kept -> kept.getFileName().toString()))
                            .noneMatch(name -> name.startsWith("damaged-"));
                }
            }
            Files.delete(filler);
            try (Journal journal = Journal.open(store)) {
                assertThat(journal.stored().specs()).isEqualTo(before.specs());
                assertThat(journal.damagedFiles()).containsExactly(store.resolve("damaged-journal.0"));
                SampleRecords.addNetwork(journal);
            }
        });
    }

    private interface OnDisk {
        void run(Path disk) throws Exception;
    }

    private void onASmallDisk(OnDisk test) throws Exception {
        Path disk = temporary.resolve("disk");
        run("mkdir", disk.toString());
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()) == 0;
        Assumptions.assumeTrue(mounted || System.getenv("CI") != null, "a tmpfs cannot be mounted here");
        assertThat(mounted).as("a tmpfs is mounted").isTrue();
        try {
            test.run(disk);
        } finally {
            run("umount", disk.toString());
        }
    }

    /// @return the file that takes all the room
    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
            return filler;
        }
    }

    private static EngineException fill(Journal journal) {
        while (true) {
            try {
                SampleRecords.addNetwork(journal);
            } catch (EngineException e) {
                return e;
            }
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }

    private static long revision(String line) throws IOException {
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new IOException("the writer says: " + line, e);
        }
    }

    private static Process writer(Path store) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        store.toString())
                .redirectErrorStream(true)
                .start();
    }

    /// Adds networks without end and prints each revision once it is acknowledged.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            try (Journal journal = Journal.open(Path.of(args[0]))) {
                while (true) {
                    SampleRecords.addNetwork(journal);
                    System.out.println(journal.stored().revision());
                }
            } catch (EngineException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
