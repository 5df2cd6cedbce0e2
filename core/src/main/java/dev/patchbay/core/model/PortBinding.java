package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A published port of a container, or several that follow one another.
///
/// @param endpoint the endpoint that packets are sent to; null while there is none
/// @param hostPorts as many as `containerPorts`, one for each
/// @param alsoIpv6 it answers on every IPv6 address as well as on `hostAddress`
/// @param allowed networks that may use the port, beside the host itself; empty for everyone
/// @param inForce the container runs and has that endpoint: the port is to be in force
/// @param external Patchbay published it for a container of an engine, which does not know of it
/// @param ruleState whether the kernel leads the port there, as far as that was read
/// @param requested how it was asked for; null where only [ContainerConfig#ports] tells
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
        @Nullable PortMapping requested) {
    private static final InetAddress EVERY_IPV6_ADDRESS = Addresses.of(new byte[16]);

    /// The rules that lead packets to the container.
    public enum RuleState {
        PRESENT,
        ABSENT,
        /// They were not read, or something else than the rules that were read may lead there.
        UNKNOWN
    }

    public PortBinding {
        allowed = List.copyOf(allowed);
    }

    /// One that is known to whoever made its container, and of whose rules nothing was read.
    public PortBinding(
            Id id,
            @Nullable Id endpoint,
            Protocol protocol,
            InetAddress hostAddress,
            boolean ipv6Too,
            PortRange hostPorts,
            PortRange containerPorts,
            List<Cidr> allowed,
            boolean inForce) {
        this(id, endpoint, protocol, hostAddress, ipv6Too, hostPorts, containerPorts, allowed, inForce, false);
    }

    /// One of whose rules nothing was read.
    public PortBinding(
            Id id,
            @Nullable Id endpoint,
            Protocol protocol,
            InetAddress hostAddress,
            boolean ipv6Too,
            PortRange hostPorts,
            PortRange containerPorts,
            List<Cidr> allowed,
            boolean inForce,
            boolean beside) {
        this(
                id,
                endpoint,
                protocol,
                hostAddress,
                ipv6Too,
                hostPorts,
                containerPorts,
                allowed,
                inForce,
                beside,
                RuleState.UNKNOWN,
                null);
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

    /// Whether nothing is known to be in its way. What was not read is no obstacle.
    public boolean isEffective() {
        return inForce && ruleState != RuleState.ABSENT;
    }

    /// All that it answers on, IPv4 first.
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

    /// Whether this container port is among them.
    public boolean publishes(int containerPort, Protocol of) {
        return protocol == of && containerPorts.contains(containerPort);
    }
}
