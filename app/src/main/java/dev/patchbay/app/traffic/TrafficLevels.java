package dev.patchbay.app.traffic;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.LinkCounters;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The traffic of each plug as a level that the canvas can show: one level for each factor of ten, from
/// 1 kB/s.
public final class TrafficLevels {
    private static final int HIGHEST_LEVEL = 6;
    private static final double MIN_RATE = 1000;

    private final HostViewModel host;
    private final ReadOnlyObjectWrapper<Map<CanvasElement, Integer>> levels = new ReadOnlyObjectWrapper<>(Map.of());
    private Map<String, Long> previousBytes = Map.of();
    private long previousNanos;

    public TrafficLevels(HostViewModel host, CountersViewModel counters) {
        this.host = host;
        counters.sample().subscribe(this::update);
    }

    /// Changes only when a cable would look different.
    public ReadOnlyObjectProperty<Map<CanvasElement, Integer>> levels() {
        return levels.getReadOnlyProperty();
    }

    private void update(@Nullable HostRules sample) {
        Topology topology = host.topology().get();
        if (sample == null || topology == null) {
            return;
        }
        double seconds = (sample.nanos() - previousNanos) / 1e9;
        Map<String, Integer> steps = new HashMap<>();
        Map<String, Long> counted = new HashMap<>();
        for (LinkCounters link : sample.links()) {
            long bytes = link.rxBytes() + link.txBytes();
            counted.put(link.name(), bytes);
            Long last = previousBytes.get(link.name());
            if (last != null && bytes > last && seconds > 0) {
                steps.put(link.name(), level((bytes - last) / seconds));
            }
        }
        previousBytes = counted;
        previousNanos = sample.nanos();
        Map<CanvasElement, Integer> now = new HashMap<>();
        for (Container container : topology.containers()) {
            for (Endpoint endpoint : container.endpoints()) {
                int step = steps.getOrDefault(endpoint.hostInterface(), 0);
                if (step > 0) {
                    now.put(new CanvasElement.Plug(container.id(), endpoint.network()), step);
                }
            }
        }
        if (!now.equals(levels.get())) {
            levels.set(Map.copyOf(now));
        }
    }

    private static int level(double rate) {
        return rate < MIN_RATE ? 0 : Math.clamp((long) Math.log10(rate / MIN_RATE) + 1, 1, HIGHEST_LEVEL);
    }
}
