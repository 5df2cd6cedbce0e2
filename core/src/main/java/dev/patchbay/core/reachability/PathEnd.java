package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;

/// One peer of a query.
public sealed interface PathEnd {
    record InContainer(Id container) implements PathEnd {}

    record OnHost() implements PathEnd {}

    /// A peer beyond the host's default route.
    record Outside() implements PathEnd {}
}
