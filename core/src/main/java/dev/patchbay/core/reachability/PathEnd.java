package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;
import java.net.InetAddress;

/// One peer of a query.
public sealed interface PathEnd {
    record InContainer(Id container) implements PathEnd {}

    record OnHost() implements PathEnd {}

    /// A peer beyond the host's default route.
    record Outside() implements PathEnd {}

    /// Whoever has this address: another machine, or as a destination also the host or a container.
    record AtAddress(InetAddress address) implements PathEnd {}
}
