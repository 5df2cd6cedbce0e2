package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LabWatchTest extends FakeLabTest {
    /// In which something would have come that must not come.
    private static final Duration QUIET = Duration.ofMillis(300);

    private final List<Topology> seen = new CopyOnWriteArrayList<>();
    private final List<EngineException> losses = new CopyOnWriteArrayList<>();

    @Test
    void theListenerSeesThePresentAndEveryChange() throws Exception {
        connect(helper).apply(Change.CreateNetwork.named("n0"));
        AutoCloseable watch = lab.watch(seen::add, losses::add);
        await().until(() -> !seen.isEmpty());
        for (int i = 1; i <= 3; i++) {
            connect(helper).apply(Change.CreateNetwork.named("n" + i));
            String last = "n" + i;
            await().until(() -> names(seen.getLast()).contains(last));
        }
        assertThat(seen.stream().map(LabWatchTest::names).distinct())
                .containsExactly(
                        List.of("n0"), List.of("n0", "n1"), List.of("n0", "n1", "n2"), List.of("n0", "n1", "n2", "n3"));
        watch.close();
        connect(helper).apply(Change.CreateNetwork.named("n4"));
        // A reading that was under way may still arrive.
        await().during(QUIET).until(() -> !names(seen.getLast()).contains("n4"));
        assertThat(losses).isEmpty();
    }

    private static List<String> names(Topology topology) {
        return topology.networks().stream()
                .map(Network::name)
                .filter(name -> name.matches("n[0-9]"))
                .sorted()
                .toList();
    }

    @Test
    void aListenerThatFailsOnceSeesTheHostAnew() throws Exception {
        try (AutoCloseable _ = lab.watch(
                topology -> {
                    seen.add(topology);
                    if (seen.size() == 1) {
                        throw new IllegalStateException("the listener's mistake");
                    }
                },
                losses::add)) {
            await().until(() -> seen.size() == 2);
            connect(helper).apply(Change.CreateNetwork.named("n1"));
            await().until(() -> names(seen.getLast()).equals(List.of("n1")));
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void aListenerThatKeepsFailingLosesTheHost() throws Exception {
        try (AutoCloseable _ = lab.watch(
                topology -> {
                    seen.add(topology);
                    throw new IllegalStateException("the listener's mistake");
                },
                losses::add)) {
            await().until(() -> !losses.isEmpty());
        }
        assertThat(seen).hasSize(3);
        assertThat(losses)
                .singleElement()
                .asString()
                .endsWith("watch the host: internal error: java.lang.IllegalStateException: the listener's mistake");
    }

    @Test
    void anErrorLosesTheHost() throws Exception {
        try (AutoCloseable _ = lab.watch(
                _ -> {
                    throw new StackOverflowError("of the test");
                },
                losses::add)) {
            await().dontCatchUncaughtExceptions().until(() -> !losses.isEmpty());
        }
        assertThat(losses).singleElement().asString().contains("StackOverflowError: of the test");
    }

    @Test
    void aReadingThatFailsIsFollowedByAWholeOne() throws Exception {
        try (AutoCloseable _ = lab.watch(seen::add, losses::add)) {
            await().until(() -> seen.size() == 1);
            helper.answerOnceWithAMistake();
            helper.tellSomethingHappened();
            await().until(() -> seen.size() == 2);
            assertThat(helper.snapshots()).isEqualTo(2);
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void aBurstOfEventsIsOneMoreReading() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AutoCloseable watch = lab.watch(
                topology -> {
                    seen.add(topology);
                    reading.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                losses::add);
        reading.await();
        for (int i = 0; i < 100; i++) {
            helper.tellSomethingHappened();
        }
        goOn.countDown();
        await().until(() -> seen.size() == 2);
        helper.tellSomethingHappened();
        await().until(() -> seen.size() == 3);
        watch.close();
    }

    @Test
    void aLostHelperIsReportedOnce() throws Exception {
        AutoCloseable watch = lab.watch(seen::add, losses::add);
        await().until(() -> !seen.isEmpty());
        helper.die();
        helper.tellSomethingHappened();
        await().until(() -> !losses.isEmpty());
        watch.close();
        assertThat(losses).hasSize(1);
    }

    @Test
    void nothingIsReportedAfterClosing() throws Exception {
        AutoCloseable watch = lab.watch(seen::add, losses::add);
        await().until(() -> !seen.isEmpty());
        watch.close();
        helper.die();
        helper.tellSomethingHappened();
        await().during(QUIET).until(() -> losses.isEmpty() && seen.size() == 1);
    }

    @Test
    void aHelperOfAnotherVersionIsNotSpokenTo() {
        helper.becomeVersion("9.9.9");
        assertThatThrownBy(helper::controller)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("it is version 9.9.9 and this is " + Version.current());
    }
}
