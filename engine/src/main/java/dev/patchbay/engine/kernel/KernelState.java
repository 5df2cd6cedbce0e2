package dev.patchbay.engine.kernel;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The host's network namespace as the kernel reports it.
public record KernelState(
        String hostname, boolean ipForward, List<Link> links, List<Route> routes, Transport transport) {
    /// The state before the first read.
    public static final KernelState EMPTY = new KernelState("", false, List.of(), List.of(), Transport.DEFAULT);

    public KernelState {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
    }

    public KernelState withLinks(List<Link> others) {
        return new KernelState(hostname, ipForward, others, routes, transport);
    }

    /// The state after a change.
    public KernelState apply(KernelStateDelta change) {
        return change.applyTo(this);
    }

    /// @param kind `bridge`, `veth`, … as in `ip -d link`; empty for a plain device
    /// @param master ifindex of its bridge, 0 for none
    /// @param alias the ifalias, empty for none
    public record Link(
            int index,
            String name,
            String kind,
            int master,
            boolean up,
            int mtu,
            @JsonSetter(nulls = Nulls.SET) @Nullable MacAddress mac,
            String alias,
            int group,
            List<Cidr> addresses) {
        public Link {
            addresses = List.copyOf(addresses);
        }

        public Link withAddresses(List<Cidr> others) {
            return new Link(index, name, kind, master, up, mtu, mac, alias, group, others);
        }
    }

    /// @param ephemeralPorts the range from which the kernel and Docker choose ports
    /// @param sctp whether the kernel has SCTP
    public record Transport(PortRange ephemeralPorts, boolean sctp) {
        /// The defaults of a Linux kernel.
        public static final Transport DEFAULT = new Transport(new PortRange(32768, 60999), false);
    }

    /// A route of the main table.
    ///
    /// @param destination `0.0.0.0/0` or `::/0` for a default route
    /// @param gateway null when the destination is on the link itself
    public record Route(
            Cidr destination,
            @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress gateway,
            String device) {
        /// The default route of the gateway's family.
        public static Route defaultVia(InetAddress gateway, String device) {
            return new Route(Family.of(gateway).anyPrefix(), gateway, device);
        }

        public boolean isDefault() {
            return destination.prefixLength() == 0;
        }

        /// Whether it is a route to a link-local prefix.
        public boolean isIpv6LinkLocal() {
            return isIpv6() && destination.address().isLinkLocalAddress();
        }

        public boolean isIpv6() {
            return !destination.isIpv4();
        }
    }
}
