package dev.patchbay.core.reachability;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import org.jspecify.annotations.Nullable;

/// Whether `from` can reach this port of `to`.
///
/// @param protocol null for a ping
/// @param port of the container, or of the host; ignored for a ping
/// @param family of the addresses
public record ReachabilityQuery(
        PathEnd from, PathEnd to, @Nullable Protocol protocol, int port, Family family) {

    /// `80/tcp`, or `ping`.
    public String service() {
        return protocol == null ? "ping" : port + "/" + protocol;
    }
}
