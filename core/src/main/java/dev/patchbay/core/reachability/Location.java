package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;

/// The place of a hop on the canvas.
public sealed interface Location {
    record OfHost() implements Location {}

    /// An interface of the host.
    record OfLink(String name) implements Location {}

    /// A published port.
    record OfPort(Id binding) implements Location {}

    record OfNetwork(Id network) implements Location {}

    record OfEndpoint(Id container, Id network) implements Location {}

    record OfContainer(Id container) implements Location {}
}
