package dev.patchbay.engine.netfilter;

import java.net.InetAddress;
import java.util.Collection;

/// A UDP flow as the kernel remembers it.
///
/// @param asked what its first packet had
/// @param answered what the answers have before they are translated back
/// @param id the kernel's own number of it
public record UdpFlow(FlowTuple asked, FlowTuple answered, int id) {
    /// Whether its packets go elsewhere than they were sent to.
    public boolean isTranslated() {
        return !asked.destination().equals(answered.source()) || asked.destinationPort() != answered.sourcePort();
    }

    boolean isMasqueraded() {
        return !asked.source().equals(answered.destination());
    }

    /// Whether its packets came to the host itself.
    ///
    /// @param hostAddresses every address of the host
    public boolean isToHost(Collection<InetAddress> hostAddresses) {
        return !isTranslated()
                && (hostAddresses.contains(asked.destination())
                        || asked.destination().isLoopbackAddress());
    }
}
