package dev.patchbay.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchTest extends LabTest {
    private final List<Topology> seen = new CopyOnWriteArrayList<>();
    private final List<EngineException> losses = new CopyOnWriteArrayList<>();

    @Test
    void theListenerSeesThePresentAndEveryChange() throws Exception {
        try (AutoCloseable watch = lab.watch(seen::add, losses::add)) {
            assertThat(watch).isNotNull();
            await().until(() -> seen.size() == 1);
            connect(helper).apply(Change.CreateNetwork.named("n1"));
            await().until(() -> seen.getLast().networks().size() == 4);
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
        assertThat(losses).isEmpty();
    }

    @Test
    void aHelperOfAnotherVersionIsNotSpokenTo() {
        helper.becomeVersion("9.9.9");
        assertThatThrownBy(helper::controller)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("it is version 9.9.9 and this is " + Version.current());
    }
}
