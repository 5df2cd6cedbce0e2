package dev.patchbay.app.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.LinkCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrafficLevelsTest {
    private final Topology topology = SampleTopology.seed();
    private final FakeHost fake = new FakeHost(topology);
    private final ManualTasks tasks = new ManualTasks();
    private final HostViewModel host =
            new HostViewModel(() -> new HostOpener.Result.Opened(fake), tasks, () -> Instant.EPOCH);

    @Test
    void aLinkThatComesBackIsNotMeasuredAgainstWhatItWasBefore() {
        Container web01 = Objects.requireNonNull(topology.container(SampleTopology.WEB01));
        String link = web01.endpoints().getFirst().hostInterface();
        List<List<LinkCounters>> seconds = List.of(
                List.of(new LinkCounters(link, 5_000, 0, 0, 0)),
                List.of(),
                List.of(new LinkCounters(link, 50_000_000, 0, 0, 0)));
        AtomicInteger second = new AtomicInteger();
        fake.count(() -> {
            int now = Math.min(second.getAndIncrement(), seconds.size() - 1);
            return new HostRules(now * 1_000_000_000L, "iptables", List.of(), List.of(), List.of(), seconds.get(now));
        });
        CountersViewModel counters = new CountersViewModel(host, tasks);
        TrafficLevels traffic = new TrafficLevels(host, counters);
        host.open();
        counters.start();
        tasks.runScheduled();
        tasks.runScheduled();
        assertThat(traffic.levels().get()).isEmpty();
    }

    @Test
    void aCableIsWiderByAStepForEachTenfold() {
        Container web01 = Objects.requireNonNull(topology.container(SampleTopology.WEB01));
        String link = web01.endpoints().getFirst().hostInterface();
        List<Long> bytes = List.of(5_000L, 5_400L, 20_400L, 15_020_400L, 15_020_400L);
        AtomicInteger second = new AtomicInteger();
        fake.count(() -> {
            int now = Math.min(second.getAndIncrement(), bytes.size() - 1);
            return new HostRules(
                    now * 1_000_000_000L,
                    "iptables",
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(new LinkCounters(link, bytes.get(now), 0, 0, 0)));
        });
        CountersViewModel counters = new CountersViewModel(host, tasks);
        TrafficLevels traffic = new TrafficLevels(host, counters);
        host.open();
        counters.start();
        CanvasElement plug = new CanvasElement.Plug(SampleTopology.WEB01, SampleTopology.MYDOCKERNET);
        List<Map<CanvasElement, Integer>> expected =
                List.of(Map.of(), Map.of(), Map.of(plug, 2), Map.of(plug, 5), Map.of());
        for (Map<CanvasElement, Integer> levels : expected) {
            assertThat(traffic.levels().get()).isEqualTo(levels);
            tasks.runScheduled();
        }
    }
}
