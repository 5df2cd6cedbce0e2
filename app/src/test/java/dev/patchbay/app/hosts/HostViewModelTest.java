package dev.patchbay.app.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.activity.ProblemsViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class HostViewModelTest {
    private static final Instant NOW = Instant.parse("2022-10-05T03:00:51Z");

    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final ManualTasks tasks = new ManualTasks();
    private int failingOpens;
    private final HostViewModel host = new HostViewModel(this::open, tasks, InstantSource.fixed(NOW));

    private HostOpener.Result open() throws EngineException {
        if (failingOpens > 0) {
            failingOpens--;
            throw new EngineException("start the Lab", "user namespaces are switched off");
        }
        return new HostOpener.Result.Opened(fake);
    }

    @Test
    void anOpenHostIsLiveAndHasAPicture() {
        host.open();
        assertThat(host.isLive()).isTrue();
        assertThat(host.topology().get()).isEqualTo(SampleTopology.seed());
    }

    @Test
    void aLabThatDoesNotStartSaysWhyAndCanBeTriedAgain() {
        failingOpens = 1;
        host.open();
        assertThat(host.connection().get()).isInstanceOfSatisfying(ConnectionState.Unavailable.class, unavailable -> {
            assertThat(unavailable.sentence()).contains("user namespaces are switched off");
            assertThat(unavailable.advice()).isNotEmpty();
        });
        host.open();
        assertThat(host.isLive()).isTrue();
    }

    @Test
    void aMachineThatCannotHaveALabSaysItInItsOwnWords() {
        Refusal refusal = new Refusal("no-namespaces", "User namespaces are switched off.", "Run sysctl.");
        HostViewModel other =
                new HostViewModel(() -> new HostOpener.Result.Unavailable(refusal), tasks, InstantSource.fixed(NOW));
        other.open();
        assertThat(other.connection().get())
                .isEqualTo(new ConnectionState.Unavailable("User namespaces are switched off.", "Run sysctl."));
    }

    @Test
    void aQuietLineGoesByItself() {
        host.open();
        host.apply(Change.CreateNetwork.named("mynet"));
        tasks.runScheduled();
        assertThat(host.notification().get()).isNull();
    }

    @Test
    void aLostHelperLeavesThePictureAndIsTriedAgainMoreAndMoreRarely() {
        host.open();
        fake.loseConnection();
        assertThat(host.connection().get())
                .isEqualTo(new ConnectionState.Lost("read from the helper: connection reset", NOW, false));
        assertThat(host.topology().get()).isNotNull();
        assertThat(fake.closed).isTrue();
        failingOpens = 6;
        for (int i = 0; i < 6; i++) {
            tasks.runScheduled();
        }
        assertThat(tasks.pauses())
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
        tasks.runScheduled();
        assertThat(host.isLive()).isTrue();
    }

    @Test
    void aHostThatGoesAwayWhileItIsOpenedIsNotShownAsThere() {
        fake.diesAtOnce = true;
        host.open();
        assertThat(host.connection().get()).isInstanceOf(ConnectionState.Lost.class);
        assertThat(fake.closed).isTrue();
        fake.diesAtOnce = false;
        tasks.runScheduled();
        assertThat(host.isLive()).isTrue();
    }

    @Test
    void failuresAreRememberedAsLongAsActions() {
        host.open();
        fake.refuse(Change.StopContainer.class, new Refusal("gone", "No such container: x", ""));
        for (int i = 0; i < 300; i++) {
            host.apply(new Change.StopContainer("x"));
        }
        assertThat(host.failures()).hasSize(200);
    }

    @Test
    void successIsAQuietLineWithUndo() {
        host.open();
        host.apply(Change.CreateNetwork.named("mynet"));
        assertThat(host.notification().get()).isEqualTo(Notification.done("Network mynet created.", 1));
        assertThat(host.pending()).isEmpty();
    }

    @Test
    void aRefusalIsKept() {
        host.open();
        fake.refuse(Change.StopContainer.class, new Refusal("gone", "No such container: x", "Look again."));
        host.apply(new Change.StopContainer("x"));
        assertThat(host.failures())
                .containsExactly(new FailedAction(NOW, "Stop x", "No such container: x", "Look again."));
        assertThat(host.notification().get())
                .isEqualTo(new Notification(Notification.Kind.ERROR, "No such container: x", "Look again.", 0));
    }

    @Test
    void withoutAHelperNothingIsDoneAndThatIsSaid() {
        host.apply(new Change.StopContainer("web01"));
        assertThat(fake.applied).isEmpty();
        assertThat(host.notification().get()).isNotNull();
    }

    @Test
    void aClosedHostIsLetGo() {
        host.open();
        host.close();
        assertThat(fake.closed).isTrue();
        fake.loseConnection();
        tasks.runScheduled();
        assertThat(tasks.pauses()).isEmpty();
    }

    @Test
    void whatIsMissingInTheKernelIsAProblemUntilItIsRepaired() {
        ProblemsViewModel problems = new ProblemsViewModel(host, new SimpleObjectProperty<>(new Selection.None()));
        fake.failWith(List.of(new Problem(
                SampleTopology.MYDOCKERNET,
                ProblemKind.BRIDGE_GONE,
                List.of("pb-1", "mydockernet"),
                List.of(new PlannedStep("create bridge pb-1", List.of("ip link add pb-1 type bridge"))))));
        host.open();
        assertThat(problems.problems()).hasSize(1);
        problems.repair();
        assertThat(fake.history).contains("repair");
        assertThat(problems.problems()).isEmpty();
    }
}
