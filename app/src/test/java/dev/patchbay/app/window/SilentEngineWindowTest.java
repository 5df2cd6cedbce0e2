package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.StopMode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.Labeled;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The engine, or the machine's helper, is stopped under the open window and goes on: the window says who does not
/// answer, refuses changes, keeps its picture, and is live again by itself.
class SilentEngineWindowTest extends WindowOverAnEngine {
    /// Three seconds, and what a busy machine takes besides.
    private static final Duration SENTENCE = Duration.ofSeconds(15);

    private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");

    private final List<ConnectionState> states = new ArrayList<>();
    private final List<@Nullable Topology> pictures = new ArrayList<>();
    private Subscription watching = Subscription.EMPTY;

    @BeforeEach
    void furnishTheMachine() {
        engine.docker("run", "-d", "--name", "web", IMAGE);
        await().atMost(PATIENCE).until(() -> container("web").isPresent());
        interact(() -> watching = model().host()
                .connection()
                .subscribe(state -> states.add(state))
                .and(model().host().topology().subscribe(shown -> pictures.add(shown))));
    }

    @AfterEach
    void goOn() throws Exception {
        signalEngine("CONT");
        signalHelper("CONT");
        interact(watching::unsubscribe);
        engine.docker("rm", "-f", "web");
    }

    @Test
    void aStoppedEngineIsShownAndTheWindowGoesOnWithIt() throws Exception {
        // A window at rest stays live: the engine answers when it is asked.
        Thread.sleep(5000);
        assertThat(model().host().isLive()).isTrue();
        signalEngine("STOP");
        awaitSilence(ConnectionState.Peer.ENGINE, "The engine does not answer");
        // Nothing flickers while it is tried again.
        Thread.sleep(9000);
        refuses(Messages.of("engine.away"));
        signalEngine("CONT");
        isLiveAgain();
        assertThat(states).hasSize(3);
    }

    @Test
    void aStoppedHelperIsShownAndTheWindowGoesOnWithIt() throws Exception {
        Change publish = new Change.Publish("web", PortArgument.mapping("8090:80"));
        interact(() -> model().host().apply(publish));
        await().atMost(PATIENCE)
                .until(() -> container("web").orElseThrow().ports().size() == 1);
        untilApplied();
        signalHelper("STOP");
        awaitSilence(ConnectionState.Peer.HELPER, "The helper does not answer");
        // Longer than any question waits.
        Thread.sleep(11_000);
        refuses(Messages.of("host.away"));
        signalHelper("CONT");
        isLiveAgain();
        assertThat(states).hasSize(3);
        undo();
        await().atMost(PATIENCE)
                .until(() -> container("web").orElseThrow().ports().isEmpty());
    }

    /// It does not hear SIGTERM: the change is under way when the engine stops.
    @Test
    void nothingIsClaimedOfAChangeThatWasUnderWay() throws Exception {
        engine.docker("run", "-d", "--name", "deaf", IMAGE, "sh", "-c", "trap '' TERM; while true; do sleep 1; done");
        await().atMost(PATIENCE).until(() -> container("deaf").isPresent());
        interact(() -> model().host().apply(new Change.StopContainer("deaf", new StopMode(StopMode.SIGTERM, 30))));
        await().atMost(PATIENCE)
                .until(() -> engine.docker("events", "--filter", "container=deaf", "--since", "60s", "--until", "0s")
                        .contains("container kill"));
        signalEngine("STOP");
        await().atMost(SENTENCE).until(() -> !model().host().failures().isEmpty());
        assertThat(model().host().failures().getLast().sentence())
                .contains("The outcome is unknown: the engine was asked to stop container deaf, and may still do it.");
        assertThat(model().host().failures().getLast().advice()).isEqualTo(Messages.of("engine.unknown.advice"));
        signalEngine("CONT");
        isLiveAgain();
        engine.docker("rm", "-f", "deaf");
    }

    private void awaitSilence(ConnectionState.Peer peer, String sentence) {
        await().atMost(SENTENCE).until(() -> model().host().connection().get() instanceof ConnectionState.Silent);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model().host().connection().get())
                .isInstanceOfSatisfying(
                        ConnectionState.Silent.class,
                        silent -> assertThat(silent.peer()).isEqualTo(peer));
        assertThat(lookup("#banner").query().isVisible()).isTrue();
        assertThat(lookup(".banner-text").queryAs(Labeled.class).getText()).contains(sentence);
        assertThat(hosts.shown().orElseThrow().window().canvas().getOpacity()).isLessThan(1);
    }

    private void refuses(String sentence) {
        int failures = model().host().failures().size();
        interact(() -> model().host().apply(Change.CreateNetwork.named("refused")));
        await().atMost(PATIENCE).until(() -> model().host().failures().size() == failures + 1);
        assertThat(model().host().failures().getLast().sentence()).isEqualTo(sentence);
    }

    private void isLiveAgain() {
        await().atMost(PATIENCE).until(() -> model().host().isLive());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#banner").query().isVisible()).isFalse();
        assertThat(hosts.shown().orElseThrow().window().canvas().getOpacity()).isEqualTo(1);
        assertThat(pictures)
                .allSatisfy(
                        picture -> assertThat(Objects.requireNonNull(picture).containers())
                                .anyMatch(container -> container.name().equals("web")));
        interact(() -> model().host().apply(Change.CreateNetwork.named("again")));
        await().atMost(PATIENCE).until(() -> has("again"));
        assertThat(has("refused")).isFalse();
        undo();
        await().atMost(PATIENCE).until(() -> !has("again"));
    }

    private boolean has(String network) {
        Topology topology = Objects.requireNonNull(model().host().topology().get());
        return topology.networks().stream().anyMatch(one -> one.name().equals(network));
    }

    private static void signalEngine(String signal) throws IOException {
        assertThat(onHost("kill -" + signal + " $(cat /run/docker.pid)")).isEmpty();
    }

    private static void signalHelper(String signal) throws Exception {
        String written = Files.readString(
                StateDirectory.ofMachine(directory.resolve("root")).helperRecord());
        Matcher pid = PID.matcher(written);
        assertThat(pid.find()).as(written).isTrue();
        // nsenter, which leads the helper to the engine's host, stops with it and does not go on by itself.
        String nsenter = ProcessHandle.of(Long.parseLong(pid.group(1)))
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .map(Object::toString)
                .orElseThrow();
        assertThat(new ProcessBuilder("kill", "-" + signal, pid.group(1), nsenter)
                        .start()
                        .waitFor())
                .isZero();
    }
}
