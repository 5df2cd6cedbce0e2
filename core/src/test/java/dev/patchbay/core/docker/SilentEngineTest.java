package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.StopMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An engine whose process is stopped keeps its socket open and says nothing.
class SilentEngineTest extends RealEngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration SLACK = Duration.ofSeconds(20);

    private static void signal(String name) {
        engine.onHost("kill -" + name + " $(cat /run/docker.pid)");
    }

    private EngineHost impatient() throws EngineException {
        return RealEngine.connect(
                engine.asHost(), MachineAccess.none(), LIMIT, Map.of(), new EngineHistory(null), progress::add);
    }

    @AfterEach
    void goOn() {
        signal("CONT");
    }

    @Test
    void aCommandIsToldWithinTenSeconds() throws Exception {
        signal("STOP");
        long begun = System.nanoTime();
        assertThatThrownBy(controller::topology)
                .isInstanceOf(EngineException.class)
                .hasMessage("ask the engine at " + engine.address()
                        + ": it has not answered for 8 s: is it stopped, or overloaded?");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8).plus(SLACK));
        // As with one that comes then.
        assertThatThrownBy(this::impatient).hasMessageContaining("it has not answered for 3 s");
    }

    @Test
    void aWatchIsLostWithinThreeSecondsAndTheNextOneWorks() throws Exception {
        AtomicReference<Topology> seen = new AtomicReference<>();
        AtomicReference<EngineException> lost = new AtomicReference<>();
        try (EngineHost watching = impatient();
                AutoCloseable _ = watching.watch(seen::set, lost::set)) {
            await().atMost(PATIENCE).until(() -> seen.get() != null);
            signal("STOP");
            await().atMost(LIMIT.plus(SLACK)).until(() -> lost.get() != null);
            assertThat(lost.get()).hasMessageContaining("it has not answered for 3 s");
            assertThat(lost.get().kind()).isEqualTo(EngineException.Kind.NOT_RESPONDING);
        }
        signal("CONT");
        try (EngineHost again = impatient()) {
            assertThat(again.topology().networks()).isNotEmpty();
        }
    }

    /// It does not hear SIGTERM, and has longer than the limit.
    @Test
    void aLongRequestTakesItsTime() throws Exception {
        engine.docker("run", "-d", "--name", "deaf", IMAGE, "sh", "-c", "trap '' TERM; while true; do sleep 1; done");
        AtomicReference<EngineException> lost = new AtomicReference<>();
        try (EngineHost watching = impatient();
                AutoCloseable _ = watching.watch(_ -> {}, lost::set)) {
            long begun = System.nanoTime();
            ok(watching.apply(new Change.StopContainer("deaf", new StopMode(StopMode.SIGTERM, 7))));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LIMIT.multipliedBy(2));
            assertThat(lost).hasNullValue();
        }
        assertThat(inspected("deaf", ".State.Running")).isEqualTo("false");
    }

    @Test
    void theOutcomeOfAChangeUnderWayIsUnknown() throws Exception {
        engine.docker("run", "-d", "--name", "deaf", IMAGE, "sh", "-c", "trap '' TERM; while true; do sleep 1; done");
        try (EngineHost changing = impatient();
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> stop = thread.submit(
                    () -> changing.apply(new Change.StopContainer("deaf", new StopMode(StopMode.SIGTERM, 60))));
            await().atMost(PATIENCE)
                    .until(() -> engine.docker("events", "--since", "60s", "--until", "0s")
                            .contains("container kill"));
            signal("STOP");
            assertThatThrownBy(stop::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("it has not answered for 3 s")
                    .hasMessageEndingWith("The outcome is unknown: the engine was asked to stop container deaf, and may"
                            + " still do it.");
        }
        signal("CONT");
        engine.docker("kill", "deaf");
    }
}
