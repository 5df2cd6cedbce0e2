package dev.patchbay.app.window;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Ports;
import dev.patchbay.app.model.Selected;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/// Keeps the selection on a container that is made anew and has another id from then on, whether the picture shows
/// that before the change is done or after.
final class Reselection {
    private final HostViewModel host;
    private final ObjectProperty<Selected> selected;
    private @Nullable String madeAnew;

    Reselection(HostViewModel host, ObjectProperty<Selected> selected) {
        this.host = host;
        this.selected = selected;
    }

    void listen() {
        host.whenDone((change, _) -> {
            if (change instanceof Change.Recreate(Change.PortChange ports) && isGoing(ports.container())) {
                madeAnew = ports.container();
                look();
            }
        });
        host.topology().subscribe(this::look);
    }

    /// The first container has a longer name until it is removed.
    private boolean isGoing(String name) {
        Topology topology = host.topology().get();
        Container container = topology == null
                ? null
                : switch (selected.get()) {
                    case Selected.ContainerSelected(var id) -> topology.container(id);
                    case Selected.PortSelected(var id) ->
                        Ports.published(topology, id) instanceof Ports.Published port ? port.container() : null;
                    case Selected.Nothing _, Selected.HostSelected _, Selected.NetworkSelected _ -> null;
                };
        return selected.get() instanceof Selected.Nothing
                || (container != null && container.name().startsWith(name));
    }

    private void look() {
        Topology topology = host.topology().get();
        String name = madeAnew;
        if (name != null && topology != null && selected.get() instanceof Selected.Nothing) {
            topology.containers().stream()
                    .filter(container -> container.name().equals(name))
                    .findFirst()
                    .ifPresent(container -> {
                        madeAnew = null;
                        selected.set(new Selected.ContainerSelected(container.id()));
                    });
        }
    }
}
