package dev.patchbay.app.model;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;

/// The selected object. Selecting a part selects its object: a pin or cable its published port, a plug
/// its container.
public sealed interface Selection {
    record None() implements Selection {}

    record OfHost() implements Selection {}

    record OfNetwork(Id network) implements Selection {}

    record OfContainer(Id container) implements Selection {}

    /// A published port.
    record OfPort(Id port) implements Selection {}

    default boolean existsIn(Topology topology) {
        return switch (this) {
            case None _, OfHost _ -> true;
            case OfNetwork(Id network) -> topology.network(network) != null;
            case OfContainer(Id container) -> topology.container(container) != null;
            case OfPort(Id port) -> topology.port(port) != null;
        };
    }
}
