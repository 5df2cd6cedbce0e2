package dev.patchbay.core.ports;

import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.PortMistakes;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The host's ports while one change is planned. Ports that were let in count as taken for the next one.
public final class HostPorts {
    /// The kernel's `net.ipv4.ip_local_port_range`, from which Docker, too, takes ports that nobody named.
    public static final int EPHEMERAL_FIRST = 32768;

    private static final int EPHEMERAL_LAST = 60999;

    private final Specs specs;
    private final KernelState kernel;
    private final List<Listener> listeners;
    private final List<PortSpec> taken = new ArrayList<>();

    public HostPorts(Specs specs, KernelState kernel, List<Listener> listeners) {
        this.specs = specs;
        this.kernel = kernel;
        this.listeners = listeners;
        specs.ports().stream().filter(specs::inForce).forEach(taken::add);
    }

    /// The port as it comes into force through the endpoint: as it is, or with a fresh host port if nobody chose one.
    ///
    /// @param container the name of the endpoint's container, for the sentence
    public PortSpec admit(PortSpec asked, EndpointSpec endpoint, String container) throws Mistake {
        PortSpec port = asked.ephemeral() ? lowestFree(asked) : asked;
        if (!isLocal(port.hostAddress())) {
            throw PortMistakes.notLocal(container, endpoint.id(), port, localAddresses());
        }
        Optional<PortSpec> other = holder(port);
        if (other.isPresent()) {
            String owner = other.get().sandbox().equals(port.sandbox())
                    ? container
                    : specs.sandbox(other.get().sandbox()).name();
            throw PortMistakes.allocated(container, endpoint.id(), port, owner);
        }
        Optional<Listener> listener = listener(port);
        if (listener.isPresent()) {
            throw PortMistakes.inUse(container, endpoint.id(), port, listener.get());
        }
        taken.add(port);
        return port;
    }

    /// The same mapping with the lowest host port that nobody holds.
    public PortSpec lowestFree(PortSpec asked) throws Mistake {
        for (int number = EPHEMERAL_FIRST; number <= EPHEMERAL_LAST; number++) {
            PortSpec port = withHostPort(asked, number);
            if (holder(port).isEmpty() && listener(port).isEmpty()) {
                return port;
            }
        }
        throw PortMistakes.noFreePort();
    }

    private Optional<PortSpec> holder(PortSpec port) {
        return taken.stream()
                .filter(other -> !other.id().equals(port.id()) && other.collidesWith(port))
                .findFirst();
    }

    private Optional<Listener> listener(PortSpec port) {
        return listeners.stream()
                .filter(listener -> listener.protocol() == port.protocol()
                        && listener.port() == port.hostPort()
                        && covers(listener.address(), port.hostAddress()))
                .findFirst();
    }

    /// A socket on `::` takes IPv4 as well unless it says otherwise, which cannot be seen from outside.
    private static boolean covers(InetAddress listening, InetAddress published) {
        return listening.isAnyLocalAddress()
                || listening.equals(published)
                || (published.isAnyLocalAddress() && listening instanceof Inet4Address);
    }

    private boolean isLocal(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || kernel.links().stream()
                        .map(KernelState.Link::addresses)
                        .flatMap(Collection::stream)
                        .map(Cidr::address)
                        .anyMatch(address::equals);
    }

    private List<String> localAddresses() {
        return kernel.links().stream()
                .map(KernelState.Link::addresses)
                .flatMap(Collection::stream)
                .filter(Cidr::isIpv4)
                .map(cidr -> cidr.address().getHostAddress())
                .toList();
    }

    private static PortSpec withHostPort(PortSpec port, int number) {
        return new PortSpec(
                port.id(),
                port.sandbox(),
                port.endpoint(),
                port.protocol(),
                port.requestedAddress(),
                port.hostAddress(),
                number,
                port.containerPort(),
                port.ephemeral());
    }
}
