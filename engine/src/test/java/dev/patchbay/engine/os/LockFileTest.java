package dev.patchbay.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lock is the kernel's: what it has is read back from `/proc/locks`, and another process asks for it as well.
class LockFileTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("lock");
    }

    private boolean kernelHasIt() throws IOException {
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        return Files.readString(Path.of("/proc/locks"))
                .lines()
                .anyMatch(line -> line.contains("POSIX") && line.contains(" WRITE ") && line.contains(inode));
    }

    /// As seen by a process that is not this one.
    private boolean isFreeForOthers() throws Exception {
        Process perl = new ProcessBuilder(
                        "perl",
                        "-MFcntl",
                        "-e",
                        "open my $f, '>>', shift or die; my $lock = pack('s s x4 l! l! i x4', F_WRLCK, 0, 0, 0, 0);"
                                + " exit(fcntl($f, F_SETLK, $lock) ? 0 : 1)",
                        file.toString())
                .inheritIO()
                .start();
        return perl.waitFor() == 0;
    }

    @Test
    void oneAtATimeHasIt() throws Exception {
        try (LockFile _ = LockFile.acquire(file)) {
            assertThat(kernelHasIt()).isTrue();
            assertThat(isFreeForOthers()).isFalse();
        }
        assertThat(kernelHasIt()).isFalse();
        assertThat(isFreeForOthers()).isTrue();
        try (LockFile _ = LockFile.tryAcquire(file).orElseThrow()) {
            assertThat(isFreeForOthers()).isFalse();
        }
        assertThat(isFreeForOthers()).isTrue();
    }

    /// By any name of the file: to open and close it once more would give the lock up.
    @Test
    void whoComesSecondInOneProcessTakesNothingAway() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("way"), directory);
        try (LockFile _ = LockFile.acquire(file)) {
            assertThat(LockFile.tryAcquire(file)).isEmpty();
            assertThat(LockFile.tryAcquire(link.resolve("lock"))).isEmpty();
            assertThat(kernelHasIt()).isTrue();
        }
        assertThat(kernelHasIt()).isFalse();
    }

    /// As one that was stopped: it has the file and writes nothing to it.
    @Test
    void aHolderWithoutASignOfLifeIsNamedAndNotWaitedFor() throws Exception {
        try (LockFile _ = LockFile.tryAcquire(file).orElseThrow()) {
            assertThatThrownBy(() -> LockFile.acquire(file, SILENCE))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            silent -> assertThat(silent.kind()).isEqualTo(EngineException.Kind.NOT_RESPONDING))
                    .hasMessage("lock " + file + ": process "
                            + ProcessHandle.current().pid() + " holds it and does not respond");
        }
        LockFile.acquire(file).close();
    }

    @Test
    void aHolderThatWorksIsWaitedForHoweverLongItTakes() throws Exception {
        // Long enough for a sign of life from a thread that a busy machine lets wait.
        Duration silence = SILENCE.multipliedBy(4);
        LockFile first = LockFile.acquire(file, silence);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(
                first::close, CompletableFuture.delayedExecutor(2 * silence.toMillis(), TimeUnit.MILLISECONDS));
        try (LockFile _ = LockFile.acquire(file, silence)) {
            assertThat(closed).isDone();
            assertThat(kernelHasIt()).isTrue();
        }
    }

    @Test
    void whoWaitsHasItNext() throws Exception {
        LockFile first = LockFile.acquire(file);
        CompletableFuture<LockFile> second = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                second.complete(LockFile.acquire(file));
            } catch (EngineException e) {
                second.completeExceptionally(e);
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(second).isNotDone();
        first.close();
        try (LockFile _ = second.join()) {
            assertThat(kernelHasIt()).isTrue();
        }
        assertThat(kernelHasIt()).isFalse();
    }

    @Test
    void whatIsClosedTwiceIsGivenUpOnce() throws Exception {
        LockFile first = LockFile.acquire(file);
        first.close();
        first.close();
        try (LockFile _ = LockFile.acquire(file)) {
            assertThat(LockFile.tryAcquire(file)).isEmpty();
            first.close();
            assertThat(LockFile.tryAcquire(file)).isEmpty();
            assertThat(kernelHasIt()).isTrue();
        }
        assertThat(isFreeForOthers()).isTrue();
    }

    @Test
    void whatCannotBeOpenedIsLeftFree() throws Exception {
        Files.createDirectory(file);
        assertThatThrownBy(() -> LockFile.acquire(file)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> LockFile.tryAcquire(directory.resolve("nowhere/lock")))
                .isInstanceOf(EngineException.class);
        Files.delete(file);
        LockFile.acquire(file).close();
        assertThat(isFreeForOthers()).isTrue();
    }
}
