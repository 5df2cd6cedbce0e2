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

/// A published port, or several that follow one another: asked for as long as the spec exists, in force while its
/// sandbox runs and it has an endpoint.
///
/// @param endpoint the endpoint that packets are sent to; null while the sandbox is on no network that can publish
/// @param requestedAddress the host address the person named, or null
/// @param hostAddress the host address in force; `0.0.0.0` for every address, those of IPv6 too where the person
///     named none
/// @param hostPort the first one of as many as `containerPorts` has
/// @param allowed networks whose packets may use the port, beside the host itself; empty for everyone
/// @param ephemeral the host port was chosen by us and may differ after the next start
/// @param choice from which an ephemeral host port is chosen; null for the kernel's own range
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

    /// One port, named by the person, for everyone.
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

    /// The host addresses it answers on through an endpoint: where the person named none, those of each family that
    /// the endpoint has an address of.
    public List<InetAddress> hostAddresses(EndpointSpec through) {
        return hostAddresses(through.ipv6() != null);
    }

    /// @param ipv6Inside the container has an IPv6 address
    public List<InetAddress> hostAddresses(boolean ipv6Inside) {
        return mayListenOn(Family.IPV6) && mayListenOn(Family.IPV4) && ipv6Inside
                ? List.of(hostAddress, EVERY_IPV6_ADDRESS)
                : List.of(hostAddress);
    }

    /// Whether it may answer on host addresses of this family.
    public boolean mayListenOn(Family family) {
        return family.includes(hostAddress) || (requestedAddress == null && hostAddress.isAnyLocalAddress());
    }

    public PortRange hostPorts() {
        return new PortRange(hostPort, hostPort + containerPorts.size() - 1);
    }

    /// The same mapping, in force through another endpoint, or through none.
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

    /// The same mapping of another container.
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
