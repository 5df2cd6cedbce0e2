package dev.patchbay.app.traffic;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.protocol.Reply;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// How much goes through each plug, on a scale that a picture can show: a step for each tenfold, from 1 kB/s.
public final class TrafficLevels {
    private static final int HIGHEST_LEVEL = 6;
    private static final double LEAST = 1000;

    private final HostViewModel host;
    private final ReadOnlyObjectWrapper<Map<CanvasElement, Integer>> levels = new ReadOnlyObjectWrapper<>(Map.of());
    private Map<String, Long> before = Map.of();
    private long then;

    public TrafficLevels(HostViewModel host, CountersViewModel counters) {
        this.host = host;
        counters.sample().subscribe(this::take);
    }

    /// Changes only when a cable would look different.
    public ReadOnlyObjectProperty<Map<CanvasElement, Integer>> levels() {
        return levels.getReadOnlyProperty();
    }

    private void take(Reply.@Nullable CounterSample sample) {
        Topology topology = host.topology().get();
        if (sample == null || topology == null) {
            return;
        }
        double seconds = (sample.nanos() - then) / 1e9;
        Map<String, Integer> steps = new HashMap<>();
        Map<String, Long> counted = new HashMap<>();
        for (LinkCounters link : sample.links()) {
            long bytes = link.rxBytes() + link.txBytes();
            counted.put(link.name(), bytes);
            Long last = before.get(link.name());
            if (last != null && bytes > last && seconds > 0) {
                steps.put(link.name(), step((bytes - last) / seconds));
            }
        }
        before = counted;
        then = sample.nanos();
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

    private static int step(double rate) {
        return rate < LEAST ? 0 : Math.clamp((long) Math.log10(rate / LEAST) + 1, 1, HIGHEST_LEVEL);
    }
}
