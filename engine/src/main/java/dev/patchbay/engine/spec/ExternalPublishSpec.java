package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A published port of a container that Patchbay did not create or connect, for example of Docker. It is
/// requested while the spec exists, and in force while it has a target.
///
/// The helper does not know such containers. A client replaces the spec when the container gets another
/// address, and removes the target when it stops.
///
/// @param port the published port; its sandbox is the other engine's id of the container, and it has no
///     endpoint
/// @param engine address of that engine, as `unix:///run/docker.sock`; never reaches the kernel
/// @param target null while the container does not run
public record ExternalPublishSpec(
        PortSpec port,
        String engine,
        @JsonSetter(nulls = Nulls.SET) @Nullable Target target) implements Spec {
    /// The destination of the packets.
    ///
    /// @param bridge the host's bridge that the container is attached to
    /// @param addresses of the container, with the prefix length of its network; at most one per family
    /// @param localnet whether `route_localnet` was set on the bridge before any mapping, and so stays
    ///     set
    public record Target(String bridge, List<Cidr> addresses, boolean localnet) {
        public Target {
            addresses = List.copyOf(addresses);
            LinkName.require(bridge, "bridge");
            for (Cidr cidr : addresses) {
                InetAddress address = cidr.address();
                if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
                    throw new IllegalArgumentException("not an address of a container: " + cidr);
                }
            }
            if (addresses.stream().map(Cidr::isIpv4).distinct().count() < addresses.size()) {
                throw new IllegalArgumentException("more than one address of a family: " + addresses);
            }
        }

        public @Nullable Cidr address(Family family) {
            return addresses.stream()
                    .filter(cidr -> family.includes(cidr.address()))
                    .findFirst()
                    .orElse(null);
        }
    }

    public ExternalPublishSpec {
        if (port.endpoint() != null) {
            throw new IllegalArgumentException("port " + port.hostPort() + " of another engine has an endpoint");
        }
    }

    @Override
    public Id id() {
        return port.id();
    }

    /// The other engine's id of the container.
    public Id containerId() {
        return port.sandbox();
    }

    /// The host addresses of the port.
    public List<InetAddress> hostAddresses() {
        return port.hostAddresses(target != null && target.address(Family.IPV6) != null);
    }

    public ExternalPublishSpec withTarget(@Nullable Target other) {
        return new ExternalPublishSpec(port, engine, other);
    }
}
