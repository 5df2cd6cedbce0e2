package dev.patchbay.engine.netfilter;

import java.net.InetAddress;
import java.util.Collection;

/// A UDP flow as the kernel remembers it.
///
/// @param original what its first packet had
/// @param reply what the answers have before they are translated back
/// @param id the kernel's own number of it
public record UdpFlow(FlowTuple original, FlowTuple reply, int id) {
    /// Whether its packets go elsewhere than they were sent to.
    public boolean isDnat() {
        return !original.destination().equals(reply.source()) || original.destinationPort() != reply.sourcePort();
    }

    boolean isSnat() {
        return !original.source().equals(reply.destination());
    }

    /// Whether its packets came to the host itself.
    ///
    /// @param hostAddresses every address of the host
    public boolean isToHost(Collection<InetAddress> hostAddresses) {
        return !isDnat()
                && (hostAddresses.contains(original.destination())
                        || original.destination().isLoopbackAddress());
    }
}
