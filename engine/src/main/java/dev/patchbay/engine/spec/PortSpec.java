package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A published port, or a range of them: requested while the spec exists, in force while its sandbox
/// runs and it has an endpoint.
///
/// @param endpoint the endpoint that packets are sent to; null while the sandbox has no network that can
///     publish
/// @param requestedAddress the host address that the person named, or null
/// @param hostAddress the host address in force; `0.0.0.0` for every address, those of IPv6 included
///     unless the person named it
/// @param hostPort the first port of as many as `containerPorts` has
/// @param allowed networks that may use the port, beside the host itself; empty for all
/// @param ephemeral whether we chose the host port, so that the next start may choose another
/// @param choice range for an ephemeral host port; null for the kernel's own range
public record PortSpec(
        Id id,
        Id sandbox,
        @JsonSetter(nulls = Nulls.SET) @Nullable Id endpoint,
        Protocol protocol,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress requestedAddress,
        InetAddress hostAddress,
        int hostPort,
        PortRange containerPorts,
        List<Cidr> allowed,
        boolean ephemeral,
        @JsonSetter(nulls = Nulls.SET) @Nullable PortRange choice)
        implements Spec {

    private static final InetAddress EVERY_IPV6_ADDRESS = Addresses.of(new byte[16]);

    public PortSpec {
        if (hostPort < 1 || hostPort + containerPorts.size() - 1 > PortRange.MAX_PORT) {
            throw new IllegalArgumentException("invalid hostPort: " + hostPort);
        }
        allowed = List.copyOf(allowed);
    }

    /// One port that the person named, open to all sources.
    public static PortSpec published(
            Id id, EndpointSpec endpoint, Protocol protocol, InetAddress hostAddress, int hostPort, int containerPort) {
        return new PortSpec(
                id,
                endpoint.sandbox(),
                endpoint.id(),
                protocol,
                null,
                hostAddress,
                hostPort,
                PortRange.single(containerPort),
                List.of(),
                false,
                null);
    }

    /// The host addresses of the port with this endpoint. If the person named none, it has one of each
    /// family that the endpoint has an address of.
    public List<InetAddress> hostAddresses(EndpointSpec through) {
        return hostAddresses(through.ipv6() != null);
    }

    /// @param ipv6Inside the container has an IPv6 address
    public List<InetAddress> hostAddresses(boolean ipv6Inside) {
        return mayListenOn(Family.IPV6) && mayListenOn(Family.IPV4) && ipv6Inside
                ? List.of(hostAddress, EVERY_IPV6_ADDRESS)
                : List.of(hostAddress);
    }

    /// Whether it may have host addresses of this family.
    public boolean mayListenOn(Family family) {
        return family.includes(hostAddress) || (requestedAddress == null && hostAddress.isAnyLocalAddress());
    }

    public PortRange hostPorts() {
        return new PortRange(hostPort, hostPort + containerPorts.size() - 1);
    }

    /// The same mapping with another endpoint, or with none.
    public PortSpec withEndpoint(@Nullable Id newEndpoint) {
        return new PortSpec(
                id,
                sandbox,
                newEndpoint,
                protocol,
                requestedAddress,
                hostAddress,
                hostPort,
                containerPorts,
                allowed,
                ephemeral,
                choice);
    }

    /// The same mapping for another container.
    public PortSpec withSandbox(Id newSandbox) {
        return new PortSpec(
                id,
                newSandbox,
                endpoint,
                protocol,
                requestedAddress,
                hostAddress,
                hostPort,
                containerPorts,
                allowed,
                ephemeral,
                choice);
    }

    public PortSpec withBinding(InetAddress newHostAddress) {
        return new PortSpec(
                id,
                sandbox,
                endpoint,
                protocol,
                requestedAddress,
                newHostAddress,
                hostPort,
                containerPorts,
                allowed,
                ephemeral,
                choice);
    }

    /// Two mappings that cannot both be in force: same protocol, a port in common, and addresses that cover one
    /// another.
    public boolean conflictsWith(PortSpec other) {
        return protocol == other.protocol
                && hostPorts().overlaps(other.hostPorts())
                && Stream.of(Family.values()).anyMatch(family -> mayListenOn(family) && other.mayListenOn(family))
                && (hostAddress.isAnyLocalAddress()
                        || other.hostAddress.isAnyLocalAddress()
                        || hostAddress.equals(other.hostAddress));
    }
}
