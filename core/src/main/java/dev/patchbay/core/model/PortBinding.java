package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A published port of a container, or a range of them.
///
/// @param endpoint the endpoint that packets are sent to; null while there is none
/// @param hostPorts as many as `containerPorts`, one for each
/// @param alsoIpv6 it answers on every IPv6 address as well as on `hostAddress`
/// @param allowed networks that may use the port, beside the host itself; empty for everyone
/// @param inForce the container runs and has that endpoint: the port is to be in force
/// @param external Patchbay published it for a container of an engine, which does not know of it
/// @param ruleState whether the kernel leads the port there, as far as that was read
/// @param requested how it was asked for; as it is in force where an engine tells that apart, in
///     [ContainerConfig#ports]
public record PortBinding(
        Id id,
        @Nullable Id endpoint,
        Protocol protocol,
        InetAddress hostAddress,
        boolean alsoIpv6,
        PortRange hostPorts,
        PortRange containerPorts,
        List<Cidr> allowed,
        boolean inForce,
        boolean external,
        RuleState ruleState,
        PortMapping requested) {
    private static final InetAddress EVERY_IPV6_ADDRESS = Addresses.of(new byte[16]);

    /// The state of the rules that lead packets to the container.
    public enum RuleState {
        PRESENT,
        ABSENT,
        /// They were not read, or something else than the rules may lead there.
        UNKNOWN
    }

    public PortBinding {
        allowed = List.copyOf(allowed);
    }

    /// One of an engine, of whose rules nothing was read.
    public PortBinding(
            Id id,
            @Nullable Id endpoint,
            Protocol protocol,
            InetAddress hostAddress,
            boolean alsoIpv6,
            PortRange hostPorts,
            PortRange containerPorts,
            List<Cidr> allowed,
            boolean inForce) {
        this(
                id,
                endpoint,
                protocol,
                hostAddress,
                alsoIpv6,
                hostPorts,
                containerPorts,
                allowed,
                inForce,
                false,
                RuleState.UNKNOWN,
                new PortMapping(alsoIpv6 ? null : hostAddress, hostPorts, containerPorts, protocol, allowed));
    }

    public PortBinding with(RuleState read) {
        return new PortBinding(
                id,
                endpoint,
                protocol,
                hostAddress,
                alsoIpv6,
                hostPorts,
                containerPorts,
                allowed,
                inForce,
                external,
                read,
                requested);
    }

    private PortBinding with(
            Id newId,
            @Nullable Id newEndpoint,
            InetAddress newHostAddress,
            boolean ipv6Too,
            PortRange newHostPorts,
            PortMapping newRequest) {
        return new PortBinding(
                newId,
                newEndpoint,
                protocol,
                newHostAddress,
                ipv6Too,
                newHostPorts,
                newRequest.containerPorts(),
                newRequest.allowed(),
                inForce,
                external,
                ruleState,
                newRequest);
    }

    /// The same mapping, leading to an endpoint.
    ///
    /// @param standard host address for a mapping that names none
    /// @param ipv6 the endpoint has an IPv6 address
    public PortBinding withEndpoint(Id newEndpoint, InetAddress standard, boolean ipv6) {
        PortBinding bound = withHostAddress(Objects.requireNonNullElse(requested.hostAddress(), standard));
        boolean both = ipv6 && bound.mayListenOn(Family.IPV4) && bound.mayListenOn(Family.IPV6);
        return bound.with(id, newEndpoint, bound.hostAddress, both, hostPorts, requested);
    }

    /// The mapping on one host address alone.
    public PortBinding withHostAddress(InetAddress address) {
        return with(id, endpoint, address, false, hostPorts, requested);
    }

    public PortBinding withHostPort(int first) {
        PortRange ports = new PortRange(first, first + containerPorts.size() - 1);
        return with(id, endpoint, hostAddress, alsoIpv6, ports, requested);
    }

    public PortBinding withAllowed(List<Cidr> sources) {
        return with(id, endpoint, hostAddress, alsoIpv6, hostPorts, requested.withAllowed(sources));
    }

    /// The part of the mapping that has these container ports, as a mapping of its own.
    public PortBinding slice(Id newId, PortRange part) {
        int shift = hostPorts.first() - containerPorts.first();
        PortRange outside = new PortRange(part.first() + shift, part.last() + shift);
        PortRange asked = isEphemeral() ? requested.hostPorts() : outside;
        return with(
                newId,
                endpoint,
                hostAddress,
                alsoIpv6,
                outside,
                new PortMapping(requested.hostAddress(), asked, part, protocol, allowed));
    }

    /// Whether the host chose the host port, and may choose another one at the next start.
    public boolean isEphemeral() {
        PortRange asked = requested.hostPorts();
        return asked == null || asked.size() != containerPorts.size();
    }

    /// Whether it may answer on host addresses of this family.
    public boolean mayListenOn(Family family) {
        return family.includes(hostAddress) || (requested.hostAddress() == null && hostAddress.isAnyLocalAddress());
    }

    /// Two mappings that cannot both be in force: same protocol, a port in common, and addresses that cover one
    /// another.
    public boolean conflictsWith(PortBinding other) {
        return protocol == other.protocol
                && hostPorts.overlaps(other.hostPorts)
                && Stream.of(Family.values()).anyMatch(family -> mayListenOn(family) && other.mayListenOn(family))
                && (hostAddress.isAnyLocalAddress()
                        || other.hostAddress.isAnyLocalAddress()
                        || hostAddress.equals(other.hostAddress));
    }

    /// One port for everyone.
    public static PortBinding single(
            Id id,
            @Nullable Id endpoint,
            Protocol protocol,
            InetAddress hostAddress,
            int hostPort,
            int containerPort,
            boolean inForce) {
        return new PortBinding(
                id,
                endpoint,
                protocol,
                hostAddress,
                false,
                PortRange.single(hostPort),
                PortRange.single(containerPort),
                List.of(),
                inForce);
    }

    /// Whether no obstacle is known. A rule that was not read is no obstacle.
    public boolean isEffective() {
        return inForce && ruleState != RuleState.ABSENT;
    }

    /// All its host addresses, IPv4 first.
    public List<InetAddress> hostAddresses() {
        return alsoIpv6 ? List.of(hostAddress, EVERY_IPV6_ADDRESS) : List.of(hostAddress);
    }

    /// `0.0.0.0:8080`, or `[::1]:8080`.
    public String hostSide() {
        String address = Addresses.format(hostAddress);
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + hostPorts;
    }

    /// `80/tcp`, or `8000-8009/tcp`.
    public String containerPortText() {
        return containerPorts + "/" + protocol;
    }

    /// Whether it includes this container port.
    public boolean publishes(int containerPort, Protocol of) {
        return protocol == of && containerPorts.contains(containerPort);
    }
}
