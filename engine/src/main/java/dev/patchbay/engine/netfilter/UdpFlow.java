package dev.patchbay.engine.netfilter;

import java.net.InetAddress;
import java.util.Collection;

/// A UDP flow in the conntrack table.
///
/// @param original the tuple of its first packet
/// @param reply the tuple of the answers before they are translated back
/// @param id the kernel's id of the flow
public record UdpFlow(FlowTuple original, FlowTuple reply, int id) {
    /// Whether its destination is translated.
    public boolean isDnat() {
        return !original.destination().equals(reply.source()) || original.destinationPort() != reply.sourcePort();
    }

    boolean isSnat() {
        return !original.source().equals(reply.destination());
    }

    /// Whether its packets reached the host itself.
    ///
    /// @param hostAddresses every address of the host
    public boolean isToHost(Collection<InetAddress> hostAddresses) {
        return !isDnat()
                && (hostAddresses.contains(original.destination())
                        || original.destination().isLoopbackAddress());
    }
}
