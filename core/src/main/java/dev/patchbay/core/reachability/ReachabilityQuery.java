package dev.patchbay.core.reachability;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import org.jspecify.annotations.Nullable;

/// Can `from` reach this port of `to`?
///
/// @param protocol null for a ping
/// @param port of the container, or of the host; of no account when pinging
/// @param family whose addresses to use
public record ReachabilityQuery(
        PathEnd from, PathEnd to, @Nullable Protocol protocol, int port, Family family) {

    /// `80/tcp`, or `ping`.
    public String service() {
        return protocol == null ? "ping" : port + "/" + protocol;
    }
}
