package dev.patchbay.core.packet;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Set;

/// What a rule asks for beyond the packet itself.
///
/// @param localAddresses addresses of the machine's own, without those of its loopback
/// @param ephemeralPorts ports that the kernel chooses from
/// @param marksPackets a rule somewhere puts marks on packets, so that nobody can say which one a packet has
public record MatchContext(Set<InetAddress> localAddresses, PortRange ephemeralPorts, boolean marksPackets) {
    public MatchContext {
        localAddresses = Set.copyOf(localAddresses);
    }

    public boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || localAddresses.contains(address);
    }
}
