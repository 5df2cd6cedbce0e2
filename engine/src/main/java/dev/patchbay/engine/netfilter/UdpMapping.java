package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;

/// UDP ports of the host that are translated to a container.
///
/// @param hostAddress `0.0.0.0` or `::` for every address of the host
/// @param container its address
public record UdpMapping(
        InetAddress hostAddress, PortRange hostPorts, InetAddress container, PortRange containerPorts) {

    /// Whether this mapping translated the flow.
    public boolean translates(UdpFlow flow) {
        return flow.isDnat() && matchesDestination(flow.original()) && isFromContainer(flow.reply());
    }

    /// Whether the destination is a port of the host with this mapping.
    public boolean matchesDestination(FlowTuple asked) {
        return isHostPort(asked.destination(), asked.destinationPort());
    }

    /// Whether a flow that the container began is the reverse of a flow to it.
    boolean isReverseOf(UdpFlow flow) {
        return flow.isSnat()
                && isFromContainer(flow.original())
                && isHostPort(flow.reply().destination(), flow.reply().destinationPort());
    }

    private boolean isFromContainer(FlowTuple sent) {
        return sent.source().equals(container) && containerPorts.contains(sent.sourcePort());
    }

    private boolean isHostPort(InetAddress address, int port) {
        return hostPorts.contains(port) && (hostAddress.isAnyLocalAddress() || hostAddress.equals(address));
    }
}
