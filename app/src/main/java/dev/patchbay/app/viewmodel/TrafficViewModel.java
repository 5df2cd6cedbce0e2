package dev.patchbay.app.viewmodel;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Host;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.protocol.LinkCounters;
import dev.patchbay.engine.protocol.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Bytes per second of the selection over the last minute, from the counters of its links.
public final class TrafficViewModel {
    static final int KEPT_SECONDS = 60;

    private final HostViewModel host;
    private final ObjectProperty<Selected> selected;
    private final Deque<Reply.CounterSample> samples = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<List<Point>> points = new ReadOnlyObjectWrapper<>(List.of());

    /// @param secondsAgo 0 is now
    /// @param received by the containers (or by the host, for the host)
    /// @param sent likewise
    public record Point(double secondsAgo, double received, double sent) {}

    public TrafficViewModel(HostViewModel host, CountersViewModel counters, ObjectProperty<Selected> selected) {
        this.host = host;
        this.selected = selected;
        counters.sample().subscribe(this::keep);
        selected.subscribe(this::refresh);
    }

    /// Oldest first.
    public ReadOnlyObjectProperty<List<Point>> points() {
        return points.getReadOnlyProperty();
    }

    private void keep(Reply.@Nullable CounterSample sample) {
        if (sample == null) {
            return;
        }
        samples.addLast(sample);
        while (secondsBetween(samples.getFirst(), sample) > KEPT_SECONDS + 1) {
            samples.removeFirst();
        }
        refresh();
    }

    private void refresh() {
        Topology topology = host.topology().get();
        Set<String> links = topology == null ? Set.of() : links(topology, selected.get());
        boolean fromTheLinksSide = selected.get() instanceof Selected.HostSelected;
        List<Point> fresh = new ArrayList<>();
        Reply.CounterSample before = null;
        for (Reply.CounterSample sample : samples) {
            if (before != null && !links.isEmpty()) {
                fresh.add(point(before, sample, links, fromTheLinksSide));
            }
            before = sample;
        }
        points.set(List.copyOf(fresh));
    }

    private Point point(
            Reply.CounterSample before, Reply.CounterSample after, Set<String> links, boolean fromTheLinksSide) {
        double seconds = Math.max(1e-3, secondsBetween(before, after));
        double rx = 0;
        double tx = 0;
        for (LinkCounters now : after.links()) {
            LinkCounters then = links.contains(now.name()) ? of(now.name(), before) : null;
            if (then != null) {
                // A link that was made anew counts from 0: that is no negative traffic.
                rx += Math.max(0, now.rxBytes() - then.rxBytes()) / seconds;
                tx += Math.max(0, now.txBytes() - then.txBytes()) / seconds;
            }
        }
        double ago = secondsBetween(after, samples.getLast());
        return fromTheLinksSide ? new Point(ago, rx, tx) : new Point(ago, tx, rx);
    }

    private static @Nullable LinkCounters of(String link, Reply.CounterSample sample) {
        return sample.links().stream()
                .filter(counters -> counters.name().equals(link))
                .findFirst()
                .orElse(null);
    }

    private static double secondsBetween(Reply.CounterSample from, Reply.CounterSample to) {
        return (to.nanos() - from.nanos()) / 1e9;
    }

    /// The host ends of the veths that belong to the selection; for the host its own interfaces.
    private static Set<String> links(Topology topology, Selected selected) {
        Set<String> links = new HashSet<>();
        switch (selected) {
            case Selected.Nothing _ -> {}
            case Selected.HostSelected _ ->
                topology.host().interfaces().stream().map(Host.Interface::name).forEach(links::add);
            case Selected.NetworkSelected(var id) -> {
                Network network = topology.network(id);
                if (network != null) {
                    topology.containersOn(id).forEach(container -> add(container.endpointOn(id), links));
                }
            }
            case Selected.ContainerSelected(var id) -> {
                Container container = topology.container(id);
                if (container != null) {
                    container.endpoints().forEach(endpoint -> add(endpoint, links));
                }
            }
            case Selected.PortSelected(var id) -> {
                Ports.Published published = Ports.published(topology, id);
                if (published != null) {
                    published.container().endpoints().stream()
                            .filter(endpoint ->
                                    endpoint.id().equals(published.port().endpoint()))
                            .forEach(endpoint -> add(endpoint, links));
                }
            }
        }
        return links;
    }

    private static void add(@Nullable Endpoint endpoint, Set<String> links) {
        if (endpoint != null) {
            links.add(endpoint.hostInterface());
        }
    }
}
