package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.LabConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands beside a helper that is stopped, or killed while it makes a change.
class StoppedHelperCommandTest {
    /// What a person is promised, and what a busy machine may take besides.
    private static final Duration SENTENCE = Duration.ofSeconds(10).plusSeconds(5);

    /// It ends by SIGKILL alone, ten seconds after it was asked to.
    private static final String DEAF = "trap 'echo no' TERM; echo up; while :; do sleep 0.2; done";

    @TempDir
    Path home;

    private LabHome lab;
    private long helper;

    @BeforeEach
    void up() throws Exception {
        lab = new LabHome(home);
        lab.output("lab up");
        helper = helper();
    }

    @AfterEach
    void down() throws Exception {
        lab.close();
    }

    private long helper() throws Exception {
        return LabConnector.of(Map.of("PATCHBAY_HOME", home.toString()))
                .status()
                .helperPid();
    }

    @Test
    void everyCommandEndsWithASentence() throws Exception {
        signal("-STOP");
        for (String command : new String[] {"network ls", "network create n1", "status"}) {
            CompletableFuture<CliResult> typed = CompletableFuture.supplyAsync(() -> lab.type(command.split(" ")));
            assertThat(typed)
                    .as(command)
                    .succeedsWithin(SENTENCE)
                    .satisfies(said -> assertThat(said.exitCode()).isEqualTo(3))
                    .satisfies(said ->
                            assertThat(said.firstErrorLine()).contains("does not answer", "kill -CONT " + helper));
        }
        signal("-CONT");
        assertThat(lab.output("network ls --format {{.Name}}")).doesNotContain("n1");
        assertThat(helper()).isEqualTo(helper);
    }

    @Test
    void aChangeUnderWayHasAnUnknownOutcomeWhenTheHelperFallsSilent() throws Exception {
        CompletableFuture<CliResult> stop = stopADeafContainer();
        signal("-STOP");
        assertThat(stop).succeedsWithin(SENTENCE.multipliedBy(2)).satisfies(said -> {
            assertThat(said.exitCode()).isEqualTo(3);
            assertThat(said.firstErrorLine())
                    .contains("does not answer", "whether this was done is not known", "patchbay undo --dry-run");
        });
        signal("-CONT");
        await().untilAsserted(() -> assertThat(lab.output("ps -a --filter name=deaf --format {{.State}}"))
                .contains("exited"));
    }

    @Test
    void aChangeUnderWayIsLookedUpWhenTheHelperIsKilled() throws Exception {
        CompletableFuture<CliResult> stop = stopADeafContainer();
        signal("-KILL");
        assertThat(stop).succeedsWithin(Duration.ofSeconds(60)).satisfies(said -> {
            assertThat(said.exitCode()).isEqualTo(3);
            assertThat(said.firstErrorLine())
                    .contains("went away before it answered")
                    .endsWith("Looked up since: it was not done, and nothing has changed.");
        });
        assertThat(lab.output("ps --filter name=deaf --format {{.State}}")).contains("running");
    }

    private CompletableFuture<CliResult> stopADeafContainer() throws Exception {
        assertThat(lab.type("run", "-d", "--name", "deaf", "host", "sh", "-c", DEAF)
                        .exitCode())
                .isZero();
        await().until(() -> lab.type("logs", "deaf").out().contains("up"));
        CompletableFuture<CliResult> stop = CompletableFuture.supplyAsync(() -> lab.type("stop", "deaf"));
        // SIGTERM was sent: the change is under way.
        await().until(() -> lab.type("logs", "deaf").out().contains("no"));
        assertThat(stop).isNotDone();
        return stop;
    }

    private void signal(String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(helper))
                        .start()
                        .waitFor())
                .isZero();
    }
}
