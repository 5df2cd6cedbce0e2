package dev.patchbay.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real helper that is stopped with SIGSTOP, as somebody's `kill`, a debugger or a frozen cgroup do: nothing waits
/// for it without a limit, nothing replaces it, all goes on when it does, and `down` always ends.
@ExtendWith(PrivateNamespace.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedHelperTest {
    /// What a person is promised, and what a busy machine may take besides.
    private static final Duration SENTENCE = Duration.ofSeconds(10).plusSeconds(20);

    @TempDir
    Path home;

    private StateDirectory directory;
    private Lab lab;
    private List<String> processesBefore;

    @BeforeEach
    void start() throws Exception {
        processesBefore = otherProcesses();
        directory = new StateDirectory(home);
        lab = new Lab(directory, HelperCommand.ofThisProgram());
        assertThat(lab.up()).isInstanceOf(HelperStart.Ready.class);
    }

    @AfterEach
    void downAlwaysEndsAndNothingIsLeft() throws Exception {
        lab.down();
        await().untilAsserted(() -> assertThat(otherProcesses()).isEqualTo(processesBefore));
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.DOWN);
    }

    @Test
    void everyWaitEndsWithASentenceAndGoesOnWithTheHelper() throws Exception {
        long helper = lab.status().helperPid();
        AtomicReference<Boolean> answers = new AtomicReference<>();
        try (HelperClient client = HelperClient.connect(directory.socket());
                HelperClient writing = HelperClient.connect(directory.socket());
                HelperClient watching = HelperClient.connect(directory.socket())) {
            client.call(new Request.Hello());
            writing.call(new Request.Hello());
            watching.subscribe(new HelperClient.Subscriber() {
                @Override
                public void onEvent(Event event) {}

                @Override
                public void onResponding(boolean says) {
                    answers.set(says);
                }

                @Override
                public void onDisconnected(EngineException reason) {}
            });
            // A subscriber to whom nothing happens hears that the helper works, all the same.
            Thread.sleep(4000);
            assertThat(answers).hasNullValue();

            stop(helper);
            await().until(() -> answers.get() != null);
            assertThat(answers).hasValue(false);

            // More than the socket holds, of the second: nobody reads it.
            List<CompletableFuture<Asked>> all = List.of(
                    asked(() -> client.call(new Request.Snapshot())),
                    asked(() -> writing.call(long900kRequest())),
                    asked(() -> lab.up()));
            assertThat(all)
                    .allSatisfy(one -> assertThat(one)
                            .succeedsWithin(SENTENCE)
                            .extracting(Asked::kind)
                            .isEqualTo(EngineException.Kind.NOT_RESPONDING));
            assertThat(all.getLast().join().sentence())
                    .contains("process " + helper + " is stopped. `kill -CONT " + helper + "`");
            assertThat(lab.status().state()).isEqualTo(LabStatus.State.HELPER_NOT_RESPONDING);
            assertThat(lab.status().helperPid()).isEqualTo(helper);

            resume(helper);
            await().until(() -> Boolean.TRUE.equals(answers.get()));
            assertThat(client.call(new Request.Hello())).isInstanceOf(Answer.Granted.class);
            assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));
            assertThat(lab.status().helperPid()).isEqualTo(helper);
        }
    }

    /// The kernel keeps no more than that for a helper that accepts none.
    @Test
    void aHelperWithAFullQueueOfConnectionsIsSilent() throws Exception {
        stop(lab.status().helperPid());
        List<HelperClient> clients = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            clients.add(HelperClient.connect(directory.socket()));
                        }
                    })
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_RESPONDING));
            assertThat(lab.status().state()).isEqualTo(LabStatus.State.HELPER_NOT_RESPONDING);
        } finally {
            clients.forEach(HelperClient::close);
        }
    }

    /// `nsenter`, which waits for the helper, stops together with it and does not go on together with it: then nobody
    /// reaps the helper.
    @ParameterizedTest
    @ValueSource(strings = {"stopped", "continued", "killed"})
    void downEndsWhateverBecameOfTheHelper(String state) throws Exception {
        long helper = lab.status().helperPid();
        stop(helper);
        if (state.equals("continued")) {
            Shell.run("kill", "-CONT", Long.toString(helper));
        } else if (state.equals("killed")) {
            Shell.run("kill", "-KILL", Long.toString(helper));
            await().until(() -> ProcessIdentity.of(helper).isEmpty());
            assertThat(lab.up()).isInstanceOf(HelperStart.Ready.class);
        }
    }

    @Test
    void downEndsBesideAStoppedAnchorAndACommandStoppedByCtrlZ() throws Exception {
        Process command = new ProcessBuilder(lab.command(List.of("sleep", "600"), false)).start();
        await().until(() -> command.descendants()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 600")));
        ProcessHandle sleep = command.descendants()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 600")
                        && process.children().findAny().isEmpty())
                .findFirst()
                .orElseThrow();
        stop(sleep.pid());
        stop(lab.status().anchorPid());
        assertThat(lab.up()).isInstanceOf(HelperStart.Ready.class);
        lab.down();
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /// As many as the helper serves one user at once.
    private static final int MOST_CONNECTIONS = 256;

    /// Clients that are served, so that none of them counts as idle.
    @Test
    void aHelperWithTooManyClientsIsNotReplaced() throws Exception {
        long helper = lab.status().helperPid();
        List<HelperClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                clients.add(HelperClient.connect(directory.socket()));
                clients.getLast().subscribe(new Deaf());
            }
            assertThatThrownBy(() -> lab.up())
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.REJECTED))
                    .hasMessageContaining("as many connections as it may");
            assertThat(ProcessIdentity.of(helper)).isPresent();
            clients.removeLast().close();
            await().ignoreException(EngineException.class)
                    .until(() -> lab.up().equals(new HelperStart.Ready(directory.socket())));
            assertThat(lab.status().helperPid()).isEqualTo(helper);
        } finally {
            clients.forEach(HelperClient::close);
        }
    }

    private static final class Deaf implements HelperClient.Subscriber {
        @Override
        public void onEvent(Event event) {}

        @Override
        public void onResponding(boolean answers) {}

        @Override
        public void onDisconnected(EngineException reason) {}
    }

    private static Request<Reply.Applied> long900kRequest() {
        return new Request.Apply(
                new SpecChange(List.of(), List.of()),
                0,
                "x".repeat(900_000),
                ActivityKind.ACTION,
                0,
                StopMode.GRACEFUL);
    }

    private interface Asking {
        Object ask() throws EngineException;
    }

    private record Asked(EngineException.@Nullable Kind kind, String sentence) {}

    private static CompletableFuture<Asked> asked(Asking asking) {
        CompletableFuture<Asked> answer = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                answer.complete(new Asked(null, "answered " + asking.ask()));
            } catch (EngineException e) {
                answer.complete(new Asked(e.kind(), String.valueOf(e.getMessage())));
            }
        });
        return answer;
    }

    private static void stop(long pid) throws Exception {
        ProcessIdentity process = ProcessIdentity.of(pid).orElseThrow();
        Shell.run("kill", "-STOP", Long.toString(pid));
        await().until(process::isStopped);
    }

    private static void resume(long pid) throws Exception {
        Shell.run("kill", "-CONT", Long.toString(pid));
    }

    private static List<String> otherProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().isPresent())
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .sorted()
                .toList();
    }
}
