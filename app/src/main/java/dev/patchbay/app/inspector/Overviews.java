package dev.patchbay.app.inspector;

import dev.patchbay.app.model.Ports;
import dev.patchbay.app.model.Selected;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import org.jspecify.annotations.Nullable;

/// Puts a selection into words.
public final class Overviews {
    private Overviews() {}

    /// The host when nothing is selected; null when what was selected is gone.
    public static @Nullable Overview of(Topology topology, Selected selected) {
        return switch (selected) {
            case Selected.Nothing _, Selected.HostSelected _ -> HostOverview.of(topology);
            case Selected.NetworkSelected(var id) -> {
                Network network = topology.network(id);
                yield network == null ? null : NetworkOverview.of(topology, network);
            }
            case Selected.ContainerSelected(var id) -> {
                Container container = topology.container(id);
                yield container == null ? null : ContainerOverview.of(topology, container);
            }
            case Selected.PortSelected(var id) -> {
                Ports.Published published = Ports.published(topology, id);
                yield published == null ? null : PortOverview.of(published);
            }
        };
    }
}
