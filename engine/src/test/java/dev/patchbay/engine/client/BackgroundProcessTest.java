package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that needs long to start, and has written nothing of itself yet.
class BackgroundProcessTest {
    @TempDir
    private Path directory;

    /// Never comes to writing its record.
    static final class NeverReady {
        private NeverReady() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.sleep(600_000);
        }
    }

    /// Writes its record, as a process does that is up.
    static final class Ready {
        private Ready() {}

        public static void main(String[] arguments) throws Exception {
            BackgroundProcess.follower(Path.of(arguments[0]), "engine").writeRecord();
            Thread.sleep(600_000);
        }
    }

    @Test
    void itIsNotStartedTwiceAndIsEndedWithTheOthers() throws Exception {
        BackgroundProcess follower = BackgroundProcess.follower(directory, "engine");
        CompletableFuture<?>[] clients = new CompletableFuture<?>[8];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = CompletableFuture.runAsync(() -> start(follower, NeverReady.class));
        }
        CompletableFuture.allOf(clients).get();
        assertThat(processes(NeverReady.class)).hasSize(1);
        assertThat(follower.isRunning()).isFalse();

        BackgroundProcess.stopAll(directory);

        assertThat(processes(NeverReady.class)).isEmpty();
    }

    @Test
    void whatIsUpIsEndedAndCanBeStartedAgain() throws Exception {
        BackgroundProcess follower = BackgroundProcess.follower(directory, "engine");
        for (int turn = 0; turn < 2; turn++) {
            start(follower, Ready.class);
            await().until(follower::isRunning);
            start(follower, Ready.class);
            assertThat(processes(Ready.class)).hasSize(1);

            BackgroundProcess.stopAll(directory);

            assertThat(follower.isRunning()).isFalse();
            assertThat(processes(Ready.class)).isEmpty();
        }
    }

    private void start(BackgroundProcess follower, Class<?> main) {
        try {
            follower.start(main, List.of(directory.toString()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ProcessHandle> processes(Class<?> main) {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(main.getName()))
                        .isPresent())
                .toList();
    }
}
