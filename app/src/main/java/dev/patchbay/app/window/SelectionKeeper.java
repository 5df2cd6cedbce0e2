package dev.patchbay.app.window;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/// Keeps a container selected when it is recreated and so gets another id. The canvas may show the new
/// container before or after the change is reported as done.
final class SelectionKeeper {
    private final HostViewModel host;
    private final ObjectProperty<Selection> selected;
    private @Nullable String recreatedContainer;

    SelectionKeeper(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        this.selected = selected;
    }

    void install() {
        host.addDoneListener((change, _) -> {
            if (change instanceof Change.Recreate(Change.PortChange ports) && isAffected(ports.container())) {
                recreatedContainer = ports.container();
                reselect();
            }
        });
        host.topology().subscribe(this::reselect);
    }

    /// Until the old container is removed, its name has a suffix.
    private boolean isAffected(String name) {
        Topology topology = host.topology().get();
        Container container = topology == null
                ? null
                : switch (selected.get()) {
                    case Selection.OfContainer(var id) -> topology.container(id);
                    case Selection.OfPort(var id) ->
                        topology.port(id) instanceof PublishedPort port ? port.container() : null;
                    case Selection.None _, Selection.OfHost _, Selection.OfNetwork _ -> null;
                };
        return selected.get() instanceof Selection.None
                || (container != null && container.name().startsWith(name));
    }

    private void reselect() {
        Topology topology = host.topology().get();
        String name = recreatedContainer;
        if (name != null && topology != null && selected.get() instanceof Selection.None) {
            topology.containers().stream()
                    .filter(container -> container.name().equals(name))
                    .findFirst()
                    .ifPresent(container -> {
                        recreatedContainer = null;
                        selected.set(new Selection.OfContainer(container.id()));
                    });
        }
    }
}
