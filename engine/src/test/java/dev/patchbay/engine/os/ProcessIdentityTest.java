package dev.patchbay.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    /// Prints the pid of a child that it will not wait for.
    private static final String SCRIPT = "sleep 600 >/dev/null & echo $!; exec sleep 600 >/dev/null";

    @Test
    void aZombieCountsAsEnded() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", SCRIPT).start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            ProcessIdentity child = ProcessIdentity.of(pid).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            assertThat(child.awaitExit(Duration.ZERO)).isFalse();

            child.killAndAwaitExit();

            Path status = Path.of("/proc", Long.toString(pid), "status");
            await().untilAsserted(() ->
                    assertThat(Files.readAllLines(status)).anyMatch(line -> line.startsWith("State:\tZ")));
            assertThat(child.isAlive()).isFalse();
            assertThat(ProcessIdentity.of(pid)).isEmpty();
            assertThat(child.awaitExit(Duration.ZERO)).isTrue();
            assertThat(child.terminate()).isFalse();
            assertThat(child.kill()).isFalse();
            assertThat(child.signal(15)).isFalse();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
