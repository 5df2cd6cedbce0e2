package dev.patchbay.core.model;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request to publish ports, `[ip:][host[-last]:]container[-last][/proto]`.
///
/// @param hostAddress null when the person named none
/// @param hostPorts as many as container ports, one for each; for a single container port it may be a
///     range, from which a free port is chosen; null lets the host choose
/// @param allowed networks that may use the port, beside the host itself; empty for all
public record PortMapping(
        @Nullable InetAddress hostAddress,
        @Nullable PortRange hostPorts,
        PortRange containerPorts,
        Protocol protocol,
        List<Cidr> allowed) {

    public PortMapping {
        allowed = List.copyOf(allowed);
    }

    /// One port, open to all sources.
    ///
    /// @param hostPort 0 for any free one
    public static PortMapping of(
            @Nullable InetAddress hostAddress, int hostPort, int containerPort, Protocol protocol) {
        return new PortMapping(
                hostAddress,
                hostPort == 0 ? null : PortRange.single(hostPort),
                PortRange.single(containerPort),
                protocol,
                List.of());
    }

    public PortMapping withAllowed(List<Cidr> sources) {
        return new PortMapping(hostAddress, hostPorts, containerPorts, protocol, sources);
    }

    /// In the syntax of `-p`.
    @Override
    public String toString() {
        String text = hostAddress == null ? "" : Addresses.format(hostAddress);
        String address = text.isEmpty() ? "" : (text.contains(":") ? "[" + text + "]" : text) + ":";
        String host = hostPorts != null ? hostPorts + ":" : text.isEmpty() ? "" : ":";
        String suffix = protocol == Protocol.TCP ? "" : "/" + protocol;
        return address
                + host
                + containerPorts
                + suffix
                + allowed.stream().map(network -> ",from=" + network).collect(Collectors.joining());
    }
}
