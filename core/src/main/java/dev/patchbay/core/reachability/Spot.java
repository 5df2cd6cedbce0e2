package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;

/// Where in the picture a hop is.
public sealed interface Spot {
    record OfHost() implements Spot {}

    /// An interface of the host.
    record OfLink(String name) implements Spot {}

    /// A published port.
    record OfPort(Id binding) implements Spot {}

    record OfNetwork(Id network) implements Spot {}

    record OfPlug(Id container, Id network) implements Spot {}

    record OfContainer(Id container) implements Spot {}
}
