package dev.patchbay.core.packet;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Set;

/// The facts that a match needs beside the packet itself.
///
/// @param localAddresses addresses of the machine, without those of its loopback
/// @param ephemeralPorts range from which the kernel chooses ports
/// @param marksPackets whether some rule sets marks, so that the mark of a packet is unknown
public record MatchContext(Set<InetAddress> localAddresses, PortRange ephemeralPorts, boolean marksPackets) {
    public MatchContext {
        localAddresses = Set.copyOf(localAddresses);
    }

    public boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || localAddresses.contains(address);
    }
}
