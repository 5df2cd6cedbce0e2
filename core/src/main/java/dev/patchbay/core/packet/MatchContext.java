package dev.patchbay.core.packet;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Set;

/// What a rule asks for beyond the packet itself.
///
/// @param local addresses of the machine's own, without those of its loopback
/// @param ephemeral ports that the kernel chooses from
/// @param marksPackets a rule somewhere puts marks on packets, so that nobody can say which one a packet has
public record MatchContext(Set<InetAddress> local, PortRange ephemeral, boolean marksPackets) {
    public MatchContext {
        local = Set.copyOf(local);
    }

    public boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || local.contains(address);
    }
}
