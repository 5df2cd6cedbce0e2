package dev.patchbay.engine.netlink;

import dev.patchbay.engine.spec.PortRange;
import java.net.InetAddress;

/// UDP ports of the host whose packets go to a container.
///
/// @param hostAddress `0.0.0.0` or `::` for every address of the host
/// @param container its address
public record UdpMapping(
        InetAddress hostAddress, PortRange hostPorts, InetAddress container, PortRange containerPorts) {}
