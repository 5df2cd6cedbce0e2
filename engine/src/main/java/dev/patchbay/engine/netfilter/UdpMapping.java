package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;

/// UDP ports of the host whose packets go to a container.
///
/// @param hostAddress `0.0.0.0` or `::` for every address of the host
/// @param container its address
public record UdpMapping(
        InetAddress hostAddress, PortRange hostPorts, InetAddress container, PortRange containerPorts) {

    /// Whether such a flow goes the way of this mapping.
    public boolean leads(UdpFlow flow) {
        return flow.isTranslated() && isFor(flow.asked()) && isOfContainer(flow.answered());
    }

    /// Whether such packets are sent to a port of the host that is mapped.
    public boolean isFor(FlowTuple asked) {
        return isAt(asked.destination(), asked.destinationPort());
    }

    /// Whether a flow that the container began takes up the way that packets to it would come.
    boolean leadsBack(UdpFlow flow) {
        return flow.isMasqueraded()
                && isOfContainer(flow.asked())
                && isAt(flow.answered().destination(), flow.answered().destinationPort());
    }

    private boolean isOfContainer(FlowTuple sent) {
        return sent.source().equals(container) && containerPorts.contains(sent.sourcePort());
    }

    private boolean isAt(InetAddress address, int port) {
        return hostPorts.contains(port) && (hostAddress.isAnyLocalAddress() || hostAddress.equals(address));
    }
}
