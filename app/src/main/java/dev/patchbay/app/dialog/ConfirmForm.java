package dev.patchbay.app.dialog;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change without input, shown because of its consequences.
///
/// @param change what will be done
/// @param consequences what the change stops, one sentence each
/// @param preview its steps
public record ConfirmForm(@Nullable Change change, List<String> consequences, ChangePreview preview)
        implements ChangeForm {

    private static final int MAX_LINES = 12;

    public ConfirmForm {
        consequences = List.copyOf(consequences);
    }

    private static ConfirmForm of(HostViewModel host, Tasks tasks, Change change, List<String> consequences) {
        ChangePreview preview = new ChangePreview(host, tasks, () -> change);
        preview.watch();
        return new ConfirmForm(change, consequences, preview);
    }

    /// A disconnection, with the connections and ports that it stops.
    public static ConfirmForm disconnect(HostViewModel host, Tasks tasks, Network network, Container container) {
        List<String> consequences = disconnectConsequences(network, container);
        return of(
                host,
                tasks,
                new Change.Disconnect(network.name(), container.name()),
                consequences.isEmpty()
                        ? List.of(Messages.of("stops.nothing", container.name(), network.name()))
                        : consequences);
    }

    /// What a container loses with its connection to a network, one sentence each.
    public static List<String> disconnectConsequences(Network network, Container container) {
        List<String> consequences = new ArrayList<>();
        var endpoint = container.endpointOn(network.id());
        for (PortBinding port : container.ports()) {
            if (endpoint != null && endpoint.equals(container.endpointOf(port))) {
                consequences.add(
                        container.endpoints().size() > 1
                                ? Messages.of("stops.portMoves", port.hostSide())
                                : Messages.of("stops.port", port.hostSide()));
            }
        }
        if (container.endpoints().size() == 1) {
            consequences.add(Messages.of("stops.lastNetwork", container.name(), network.name()));
        } else if (endpoint != null && endpoint.defaultRoute()) {
            consequences.add(Messages.of("stops.defaultRoute"));
        }
        return consequences;
    }

    /// The choice of the network that gives a container's default route.
    public static ConfirmForm gateway(HostViewModel host, Tasks tasks, Network network, Change change) {
        return of(host, tasks, change, List.of(Messages.of("gateway.reconnects", network.name())));
    }

    /// The differences between the host and a Compose file, as far as they can be applied.
    public static ConfirmForm project(HostViewModel host, Tasks tasks, ProjectDifference difference) {
        List<String> lines = new ArrayList<>();
        difference.items().stream()
                .limit(MAX_LINES)
                .map(ProjectDifference.Item::toString)
                .forEach(lines::add);
        if (difference.items().size() > MAX_LINES) {
            lines.add(Messages.count("compose.more", difference.items().size() - MAX_LINES));
        }
        difference.notes().stream().limit(MAX_LINES).forEach(lines::add);
        return of(host, tasks, difference.change(), lines);
    }

    /// The removal of a container that runs or that cannot be restored.
    public static ConfirmForm remove(HostViewModel host, Tasks tasks, Container container) {
        List<String> consequences = new ArrayList<>();
        if (container.running()) {
            consequences.add(Messages.of("stops.running", container.name()));
        }
        if (host.unavailable(HostCapability.RESTORE_CONTAINERS).isPresent()) {
            consequences.add(Messages.of("remove.forGood", container.name()));
        }
        container.ports().stream()
                .filter(PortBinding::inForce)
                .forEach(port -> consequences.add(Messages.of("stops.port", port.hostSide())));
        return of(host, tasks, new Change.RemoveContainer(container.name(), container.running()), consequences);
    }

    /// The recreation of a container by an engine. Its first step lists the differences, because only
    /// the engine knows them.
    public static ConfirmForm recreate(HostViewModel host, Tasks tasks, Change.PortChange ports) {
        return of(
                host,
                tasks,
                new Change.Recreate(ports),
                List.of(Messages.of("recreate.stops", ports.container()), Messages.of("recreate.putBack")));
    }
}
