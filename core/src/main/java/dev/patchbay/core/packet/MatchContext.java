package dev.patchbay.core.packet;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts that a match needs beside the packet itself.
///
/// @param localAddresses addresses of the machine, without those of its loopback
/// @param ephemeralPorts range from which the kernel chooses ports
/// @param routes null when they are not known
/// @param tracked whether conntrack has seen the packet
/// @param bridge whether the packet is a frame at a hook of a bridge
public record MatchContext(
        Set<InetAddress> localAddresses,
        PortRange ephemeralPorts,
        @Nullable Routes routes,
        boolean tracked,
        boolean bridge) {
    /// The routes of the machine.
    @FunctionalInterface
    public interface Routes {
        /// The outgoing link for an address; empty when there is no route, null when it is not known.
        @Nullable
        String device(InetAddress destination, InetAddress source, MarkBits mark);
    }

    public MatchContext {
        localAddresses = Set.copyOf(localAddresses);
    }

    public MatchContext(Set<InetAddress> localAddresses, PortRange ephemeralPorts, @Nullable Routes routes) {
        this(localAddresses, ephemeralPorts, routes, true, false);
    }

    public boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || localAddresses.contains(address);
    }

    MatchContext beforeConntrack() {
        return new MatchContext(localAddresses, ephemeralPorts, routes, false, bridge);
    }

    MatchContext inBridge() {
        return new MatchContext(localAddresses, ephemeralPorts, routes, tracked, true);
    }
}
