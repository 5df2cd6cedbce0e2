package dev.patchbay.app.reachability;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/// The path from outside to the selected published port. It is derived without a probe, and derived
/// again when something changes.
public final class PublishedPathViewModel {
    private static final Set<Stage> SHOWN_STAGES = EnumSet.of(
            Stage.PUBLISHED_PORT, Stage.CHAIN, Stage.TRANSLATION, Stage.FILTER, Stage.LISTENER, Stage.RESERVATION);
    /// The number of samples, one per second, between two reads.
    private static final int SAMPLES_PER_READ = 3;

    private final HostViewModel host;
    private final ObjectProperty<Selection> selected;
    private final ReadOnlyObjectWrapper<List<Hop>> hops = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private int generation;
    private int samples;

    public PublishedPathViewModel(HostViewModel host, CountersViewModel counters, ObjectProperty<Selection> selected) {
        this.host = host;
        this.selected = selected;
        host.topology().subscribe(this::read);
        selected.subscribe(this::select);
        shown.subscribe(this::read);
        counters.sample().subscribe(() -> {
            if (++samples % SAMPLES_PER_READ == 0) {
                read();
            }
        });
    }

    /// Empty when no published port is selected.
    public ReadOnlyObjectProperty<List<Hop>> hops() {
        return hops.getReadOnlyProperty();
    }

    /// The path is read only while this is true.
    public BooleanProperty shown() {
        return shown;
    }

    private void select() {
        hops.set(List.of());
        read();
    }

    private void read() {
        int asked = ++generation;
        PublishedPort published = selectedPort();
        if (published == null) {
            hops.set(List.of());
            return;
        }
        if (!shown.get()) {
            return;
        }
        PortBinding port = published.port();
        String to = published.container().id() + ":" + port.containerPorts().first() + "/" + port.protocol();
        host.ask(
                connected -> connected.explain(new ReachabilityRequest("outside", to, false, false)),
                answer -> {
                    if (asked == generation) {
                        hops.set(relevantHops(answer));
                    }
                },
                _ -> {
                    if (asked == generation) {
                        hops.set(List.of());
                    }
                });
    }

    private static List<Hop> relevantHops(TracedPath path) {
        return path.hops().stream()
                .filter(hop -> SHOWN_STAGES.contains(hop.stage()) || hop.status() != Status.OK)
                .toList();
    }

    private @Nullable PublishedPort selectedPort() {
        Topology topology = host.topology().get();
        if (topology == null) {
            return null;
        }
        return switch (selected.get()) {
            case Selection.OfPort(var id) -> topology.port(id);
            case Selection.OfContainer(var id) -> {
                Container container = topology.container(id);
                yield container == null || container.ports().isEmpty()
                        ? null
                        : new PublishedPort(container, container.ports().getFirst());
            }
            case Selection.None _, Selection.OfHost _, Selection.OfNetwork _ -> null;
        };
    }
}
