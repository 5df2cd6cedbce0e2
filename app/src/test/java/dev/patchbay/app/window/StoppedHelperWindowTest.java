package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The helper is stopped under the open window, and goes on: the window says so, refuses what it cannot do, and is
/// live again by itself.
class StoppedHelperWindowTest extends WindowOverALab {
    private static final String DEAF = "trap 'echo no' TERM; echo up; while :; do sleep 0.2; done";

    StoppedHelperWindowTest() {
        super(1200, 800);
    }

    @Test
    void aStoppedHelperIsShownAndTheWindowGoesOnWithIt() throws Exception {
        long helper = LabConnector.of(environment).status().helperPid();
        // A window at rest stays live: the helper says that it works.
        Thread.sleep(4000);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.host().isLive()).isTrue();

        signal("-STOP", helper);
        long stopped = System.nanoTime();
        until(() -> model.host().connection().get() instanceof ConnectionState.Silent);
        // Three seconds, and what a busy machine takes besides.
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(15));
        assertThat(lookup("#banner").query().isVisible()).isTrue();
        assertThat(lookup(".banner-text").queryAs(Labeled.class).getText()).contains("The helper does not answer");
        assertThat(lookup("#hostSwitch .state-dot").query().getStyleClass())
                .contains("bad")
                .doesNotContain("good");
        assertThat(window().canvas().getOpacity()).isLessThan(1);

        int failures = model.host().failures().size();
        interact(() -> model.host().apply(Change.CreateNetwork.named("refused")));
        until(() -> model.host().failures().size() == failures + 1);
        assertThat(model.host().failures().getLast().sentence()).isEqualTo(Messages.of("host.away"));

        signal("-CONT", helper);
        until(() -> model.host().isLive());
        assertThat(lookup("#banner").query().isVisible()).isFalse();
        assertThat(window().canvas().getOpacity()).isEqualTo(1);
        assertThat(LabConnector.of(environment).status().helperPid()).isEqualTo(helper);
        interact(() -> model.host().apply(Change.CreateNetwork.named("again")));
        until(() -> topology().networks().stream()
                .anyMatch(network -> network.name().equals("again")));
        assertThat(topology().networks()).noneMatch(network -> network.name().equals("refused"));
    }

    /// The command ends by SIGKILL alone, ten seconds after it was asked to: that long the change is under way.
    @Test
    void aChangeThatWasUnderWayIsLookedUp() throws Exception {
        assertThat(HostWindows.tourPlayer(environment)
                        .play(List.of("run", "-d", "--name", "deaf", "host", "sh", "-c", DEAF))
                        .code())
                .isZero();
        until(() -> topology().containers().stream().anyMatch(Container::running));
        until(() -> said("up"));
        long helper = LabConnector.of(environment).status().helperPid();
        interact(() -> model.host().apply(new Change.StopContainer("deaf")));
        until(() -> said("no"));
        assertThat(model.host().pending()).isNotEmpty();

        signal("-STOP", helper);
        until(() -> !model.host().failures().isEmpty());
        assertThat(model.host().failures().getLast().sentence()).contains("whether this was done is not known");

        signal("-CONT", helper);
        until(() -> model.host().notification().get() instanceof Notification notice
                && notice.sentence().startsWith("It was done after all: "));
        until(() -> topology().containers().stream().noneMatch(Container::running));
    }

    /// Whether the container has written this line.
    private boolean said(String line) {
        try {
            return HostWindows.tourPlayer(environment)
                    .play(List.of("logs", "deaf"))
                    .output()
                    .lines()
                    .anyMatch(line::equals);
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
