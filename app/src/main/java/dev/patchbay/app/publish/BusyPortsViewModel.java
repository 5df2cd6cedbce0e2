package dev.patchbay.app.publish;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.Listener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The host ports that other processes hold. They are read after each change of the host, and
/// periodically, because processes start and end without an event.
public final class BusyPortsViewModel {
    static final Duration SETTLE_DELAY = Duration.ofMillis(400);
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final HostViewModel host;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<List<Listener>> ports = new ReadOnlyObjectWrapper<>(List.of());
    private Tasks.@Nullable ScheduledTask nextRead;
    private boolean closed;

    public BusyPortsViewModel(HostViewModel host, Tasks tasks) {
        this.host = host;
        this.tasks = tasks;
        host.topology().subscribe(topology -> {
            if (topology != null) {
                scheduleRead(SETTLE_DELAY);
            }
        });
    }

    /// Sorted by number. Listeners only on gateways of networks, such as the resolver, are left out.
    public ReadOnlyObjectProperty<List<Listener>> ports() {
        return ports.getReadOnlyProperty();
    }

    private void scheduleRead(Duration pause) {
        if (nextRead != null) {
            nextRead.cancel();
        }
        nextRead = closed ? null : tasks.schedule(pause, this::read);
    }

    private void read() {
        host.ask(
                ConnectedHost::listeners,
                all -> {
                    ports.set(ofOtherProcesses(all));
                    scheduleRead(INTERVAL);
                },
                _ -> scheduleRead(INTERVAL));
    }

    private List<Listener> ofOtherProcesses(List<Listener> all) {
        Topology topology = host.topology().get();
        Set<InetAddress> gateways = topology == null
                ? Set.of()
                : topology.networks().stream()
                        .map(network -> network.gateway())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(listener -> !gateways.contains(listener.address()))
                .sorted(Comparator.comparingInt(Listener::port).thenComparing(Listener::protocol))
                .toList();
    }

    public void close() {
        closed = true;
        if (nextRead != null) {
            nextRead.cancel();
        }
    }
}
