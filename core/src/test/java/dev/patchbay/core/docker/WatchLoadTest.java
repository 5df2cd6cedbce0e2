package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a watch costs beside a busy engine, counted in its looks, and what becomes of it when a look fails.
class WatchLoadTest extends RealEngineTest {
    /// Docker keeps the last 256 events, and a check has three.
    private static final int CHECKS = 30;

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Topology> seen = new AtomicReference<>();
    private final AtomicReference<EngineException> lost = new AtomicReference<>();

    private void look(Topology topology) {
        seen.set(topology);
        looks.incrementAndGet();
    }

    private Container.Health health() {
        return seen.get() == null
                ? Container.Health.NONE
                : container(seen.get(), "ill").health();
    }

    private static int checksSince(String begin) {
        return Integer.parseInt(engine.onHost("docker -H " + engine.address() + " events --since " + begin
                + " --until $(date +%s.%N) | grep -c exec_start || true"));
    }

    /// Each check is three events of its own.
    @Test
    void healthChecksThatSayTheSameAreNoReasonToLook() throws Exception {
        engine.docker(
                "run",
                "-d",
                "--name",
                "ill",
                "--health-cmd",
                "[ ! -e /tmp/ill ]",
                "--health-interval",
                "70ms",
                "--health-retries",
                "1",
                IMAGE);
        try (AutoCloseable _ = controller.watch(this::look, lost::set)) {
            await().atMost(PATIENCE).until(() -> health() == Container.Health.HEALTHY);
            String begin = engine.onHost("date +%s.%N");
            long begun = System.nanoTime();
            int before = looks.get();
            await().atMost(Duration.ofMinutes(3)).until(() -> checksSince(begin) >= CHECKS);
            double seconds = (System.nanoTime() - begun) / 1e9;
            // A look comes without a reason now and then, and one that the start had asked for.
            assertThat(looks.get() - before).isLessThanOrEqualTo((int) (seconds / 10) + 2);

            engine.docker("exec", "ill", "sh", "-c", "echo >/tmp/ill");
            await().atMost(PATIENCE).until(() -> health() == Container.Health.UNHEALTHY);
        }
        assertThat(lost).hasNullValue();
    }

    @Test
    void aContainerThatFlapsIsLookedAtNowAndThen() throws Exception {
        engine.docker("create", "--name", "flapping", IMAGE, "true");
        try (AutoCloseable _ = controller.watch(this::look, lost::set)) {
            await().atMost(PATIENCE).until(() -> seen.get() != null);
            int before = looks.get();
            long begun = System.nanoTime();
            engine.onHost("for i in $(seq 15); do docker -H " + engine.address() + " start -a flapping; done");
            double seconds = (System.nanoTime() - begun) / 1e9;
            // Each of these starts has four events that change the picture.
            assertThat(looks.get() - before).isLessThanOrEqualTo((int) (2 * seconds) + 2);
            engine.docker("run", "-d", "--name", "last", IMAGE);
            await().atMost(PATIENCE)
                    .until(() -> seen.get().containers().stream()
                            .anyMatch(container -> container.name().equals("last") && container.running()));
        }
        assertThat(lost).hasNullValue();
    }

    @Test
    void aLookThatFailsIsFollowedByAnother() throws Exception {
        try (AutoCloseable _ = controller.watch(
                topology -> {
                    look(topology);
                    if (looks.get() == 1) {
                        throw new IllegalStateException("a mistake of the program");
                    }
                },
                lost::set)) {
            await().atMost(PATIENCE).until(() -> looks.get() >= 2);
            engine.docker("network", "create", "others");
            await().atMost(PATIENCE)
                    .until(() -> seen.get().networks().stream()
                            .anyMatch(network -> network.name().equals("others")));
        }
        assertThat(lost).hasNullValue();
    }

    @Test
    void looksThatAllFailLoseTheHost() throws Exception {
        try (AutoCloseable _ = controller.watch(
                _ -> {
                    throw new IllegalStateException("a mistake of the program");
                },
                lost::set)) {
            await().atMost(PATIENCE).until(() -> lost.get() != null);
        }
        assertThat(Objects.requireNonNull(lost.get()).getMessage()).contains("a mistake of the program");
    }

    @Test
    void anEventThatCannotBeTakenLosesTheHost() throws Exception {
        try (AutoCloseable _ = controller.events(
                _ -> {
                    throw new IllegalStateException("a mistake of the program");
                },
                lost::set)) {
            engine.docker("network", "create", "others");
            await().atMost(PATIENCE).until(() -> lost.get() != null);
        }
        assertThat(Objects.requireNonNull(lost.get()).getMessage()).contains("a mistake of the program");
    }
}
