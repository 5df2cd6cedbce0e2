package dev.patchbay.app.traffic;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.rules.RuleRow;
import dev.patchbay.app.rules.RulesViewModel;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The bytes that the selected object receives and sends, from the counters of links and rules.
public final class TrafficViewModel {
    private final HostViewModel host;
    private final RulesViewModel nat;
    private final ObjectProperty<Selection> selected;
    private final InstantSource clock;
    private final TrafficHistory history = new TrafficHistory();
    private final ObjectProperty<TrafficSpan> span = new SimpleObjectProperty<>(TrafficSpan.MINUTE);
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<List<TrafficPoint>> lastMinute = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<TrafficPoint>> points = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<TrafficPart>> parts = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper unknown = new ReadOnlyBooleanWrapper();
    private Map<Id, Long> connections = Map.of();

    /// @param nat must be created before, so that its rows get the counters of a sample first
    public TrafficViewModel(
            HostViewModel host,
            CountersViewModel counters,
            RulesViewModel nat,
            ObjectProperty<Selection> selected,
            InstantSource clock) {
        this.host = host;
        this.nat = nat;
        this.selected = selected;
        this.clock = clock;
        counters.sample().subscribe(this::addSample);
        selected.subscribe(this::showAll);
        span.subscribe(this::showTab);
        paused.subscribe(this::refresh);
    }

    public ObjectProperty<TrafficSpan> span() {
        return span;
    }

    /// While true, [#points] and [#parts] do not change; samples are still recorded.
    public BooleanProperty paused() {
        return paused;
    }

    /// The last minute for every span, oldest first; it is never paused.
    public ReadOnlyObjectProperty<List<TrafficPoint>> lastMinute() {
        return lastMinute.getReadOnlyProperty();
    }

    /// Oldest first.
    public ReadOnlyObjectProperty<List<TrafficPoint>> points() {
        return points.getReadOnlyProperty();
    }

    /// The parts of the traffic: the containers of a network, the networks and ports of a container.
    public ReadOnlyObjectProperty<List<TrafficPart>> parts() {
        return parts.getReadOnlyProperty();
    }

    /// Whether the traffic of the selected object uses links that are not known.
    public ReadOnlyBooleanProperty unknown() {
        return unknown.getReadOnlyProperty();
    }

    /// Whether the selected object has links whose traffic can be measured.
    public boolean measurable() {
        return !links().names().isEmpty();
    }

    /// All recorded samples of the selected object as CSV.
    public String csv() {
        TrafficLinks links = links();
        StringBuilder text = new StringBuilder();
        history.csv(links.names(), links.swapped(), line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void addSample(@Nullable HostRules sample) {
        if (sample != null) {
            connections = connections();
            history.add(sample, connections, clock.instant());
            refresh();
        }
    }

    /// Counts only the rule that translates the address, because every port has several rules.
    private Map<Id, Long> connections() {
        Map<Id, Long> connections = new HashMap<>();
        for (RuleRow row : nat.all()) {
            Id port = row.meaning().binding();
            if (port != null && row.columns().target().equals("DNAT")) {
                connections.merge(port, row.totalPackets(), Long::sum);
            }
        }
        return connections;
    }

    private TrafficLinks links() {
        Topology topology = host.topology().get();
        return topology == null ? TrafficLinks.NONE : TrafficLinks.of(topology, selected.get());
    }

    private void refresh() {
        TrafficLinks links = links();
        lastMinute.set(history.points(links.names(), links.swapped(), TrafficSpan.MINUTE));
        if (!paused.get()) {
            show(links);
        }
    }

    /// Ends the pause, since it belonged to the previous selection.
    private void showAll() {
        paused.set(false);
        refresh();
    }

    private void showTab() {
        show(links());
    }

    private void show(TrafficLinks links) {
        unknown.set(links.unknown());
        points.set(history.points(links.names(), links.swapped(), span.get()));
        parts.set(links.parts().stream().map(this::part).toList());
    }

    private TrafficPart part(TrafficLinks.Part part) {
        return switch (part) {
            case TrafficLinks.Part.Links(var name, var names, var swapped, var target) ->
                new TrafficPart(name, byteRate(names, swapped), target);
            case TrafficLinks.Part.Port(var name, var port, var asleep) ->
                new TrafficPart(name, connectionRate(port, asleep), new Selection.OfPort(port));
            case TrafficLinks.Part.Unknown(var name, var target) ->
                new TrafficPart(name, new TrafficPart.Rate.Unknown(), target);
        };
    }

    /// A port whose rule was not seen may be served by something else.
    private TrafficPart.Rate connectionRate(Id port, boolean asleep) {
        return asleep || connections.containsKey(port)
                ? new TrafficPart.Rate.Connections(history.connections(port))
                : new TrafficPart.Rate.Unknown();
    }

    private TrafficPart.Rate byteRate(Set<String> names, boolean swapped) {
        TrafficPoint now = history.newest(names, swapped);
        return new TrafficPart.Rate.Bytes(now.received(), now.sent());
    }
}
