package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.RestartPolicy.Name;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody stops the process that waits for a container's command, as `kill -STOP` does: whatever ends the container
/// ends within a limit, and the next change is made.
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedSupervisorTest {
    @TempDir
    private Path home;

    private RealLab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new RealLab(home);
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    /// @return the process id of its supervisor in the Lab, which is stopped now
    private String runAndStopSupervisor(Change.RunContainer container) throws Exception {
        lab.done(container);
        String id =
                container(Objects.requireNonNull(container.name())).id().value().substring(0, 12);
        String record = Files.readString(
                lab.directory().directory().resolve("sandboxes").resolve(id).resolve("supervisor"));
        String pid = record.substring(0, record.indexOf(' '));
        lab.onHost("kill -STOP " + pid + "; while ! grep -q 'State:.T' /proc/" + pid + "/status; do sleep 0.1; done");
        return pid;
    }

    private Path go() {
        return home.resolve("go");
    }

    /// A command that ends when it is told.
    private String exits(int code) {
        return "until [ -e " + go() + " ]; do sleep 0.05; done; exit " + code;
    }

    private Container container(String name) throws Exception {
        return lab.controller().topology().containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertGone(String supervisor) throws Exception {
        assertThat(lab.onHost("! test -e /proc/" + supervisor + " || grep State /proc/" + supervisor + "/status"))
                .doesNotContain("T (stopped)");
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");
        lab.done(Change.CreateNetwork.named("next"));
        assertThat(lab.onHost("ip -br link show type bridge")).contains("pb-");
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void stopEnds() throws Exception {
        String supervisor = runAndStopSupervisor(
                ContainerLifecycleLab.shell("box", "trap 'exit 5' TERM; while :; do sleep 0.1; done"));
        lab.done(new Change.StopContainer("box"));
        assertThat(container("box").state()).isEqualTo(Container.State.EXITED);
        assertThat(container("box").exitCode()).isEqualTo(5);
        assertGone(supervisor);
    }

    @Test
    void forcedRemovalEnds() throws Exception {
        String supervisor = runAndStopSupervisor(ContainerLifecycleLab.shell("box", "sleep 600"));
        lab.done(new Change.RemoveContainer("box", true));
        assertThat(lab.controller().topology().containers()).isEmpty();
        assertGone(supervisor);
    }

    @Test
    void aCommandThatEndsByItselfIsStartedAgain() throws Exception {
        runAndStopSupervisor(ContainerLifecycleLab.shell("box", exits(1))
                .withSettings(HostSettings.DEFAULT.withRestart(new RestartPolicy(Name.ALWAYS, 0))));
        Files.createFile(go());
        await().untilAsserted(() -> assertThat(container("box").restartCount()).isPositive());
        lab.done(new Change.RemoveContainer("box", true));
    }

    /// The helper is another one, which finds the supervisor stopped.
    @Test
    void theNextHelperTakesItOver() throws Exception {
        String supervisor = runAndStopSupervisor(ContainerLifecycleLab.shell("box", exits(6)));
        String command = "/proc/" + container("box").pid() + "/status";
        lab.killHelper();
        Files.createFile(go());
        // The supervisor, which is stopped, does not collect it.
        lab.onHost("while [ -e " + command + " ] && ! grep -q 'State:.Z' " + command + "; do sleep 0.05; done");
        lab.up();
        assertThat(container("box").state()).isEqualTo(Container.State.EXITED);
        assertThat(container("box").exitCode()).isEqualTo(6);
        assertGone(supervisor);
    }

    @Test
    void downEnds() throws Exception {
        runAndStopSupervisor(ContainerLifecycleLab.shell("box", "sleep 600"));
        lab.down();
    }
}
