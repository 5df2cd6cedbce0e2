package dev.patchbay.app.inspector;

import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import org.jspecify.annotations.Nullable;

/// Creates the overview of a selection.
public final class OverviewFactory {
    private OverviewFactory() {}

    /// The overview of the host without a selection; null when the selected object is gone.
    public static @Nullable Overview of(Topology topology, Selection selected) {
        return switch (selected) {
            case Selection.None _, Selection.OfHost _ -> HostOverview.of(topology);
            case Selection.OfNetwork(var id) -> {
                Network network = topology.network(id);
                yield network == null ? null : NetworkOverview.of(topology, network);
            }
            case Selection.OfContainer(var id) -> {
                Container container = topology.container(id);
                yield container == null ? null : ContainerOverview.of(topology, container);
            }
            case Selection.OfPort(var id) -> {
                PublishedPort published = topology.port(id);
                yield published == null ? null : PortOverview.of(published);
            }
        };
    }
}
