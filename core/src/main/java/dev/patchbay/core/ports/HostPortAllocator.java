package dev.patchbay.core.ports;

import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The host's ports while one change is planned. Ports that were let in count as taken for the next one.
public final class HostPortAllocator {
    private final KernelState kernel;
    private final HostListeners sockets;
    private final List<HeldPort> heldPorts;

    /// A port in force.
    ///
    /// @param owner name of the container that has it
    public record HeldPort(PortBinding port, String owner) {}

    public HostPortAllocator(List<HeldPort> held, KernelState kernel, HostListeners sockets) {
        this.heldPorts = new ArrayList<>(held);
        this.kernel = kernel;
        this.sockets = sockets;
    }

    /// The ports as they come into force through the endpoint: as they are, or with a fresh host port if nobody chose
    /// one and the present one is taken.
    ///
    /// @param endpoint for the sentence
    /// @param container the name of the endpoint's container, for the sentence
    public PortBinding allocate(PortBinding asked, Id endpoint, String container)
            throws RefusedException, EngineException {
        PortBinding port = asked.isEphemeral() && !isFree(asked, listenersAt(asked)) ? lowestFree(asked) : asked;
        if (port.protocol() == Protocol.SCTP && !kernel.transport().sctp()) {
            throw PortRefusals.noSctp(container, endpoint);
        }
        if (!isLocal(port.hostAddress())) {
            throw PortRefusals.addressNotLocal(container, endpoint, port, localAddresses(port));
        }
        List<Listener> listeners = listenersAt(port);
        // Docker binds the largest port first, so that is the one its sentence names.
        for (int number = port.containerPorts().last();
                number >= port.containerPorts().first() && !isFree(port, listeners);
                number--) {
            requireFree(port.slice(port.id(), PortRange.single(number)), listeners, endpoint, container);
        }
        heldPorts.add(new HeldPort(port, container));
        return port;
    }

    private void requireFree(PortBinding port, List<Listener> listeners, Id endpoint, String container)
            throws RefusedException, EngineException {
        Optional<HeldPort> other = holder(port);
        if (other.isPresent()) {
            throw PortRefusals.portAllocated(
                    container, endpoint, port, other.get().owner(), nextFree(port));
        }
        Optional<Listener> listener = listener(port, listeners);
        if (listener.isPresent()) {
            throw PortRefusals.portInUse(container, endpoint, port, listener.get(), nextFree(port));
        }
    }

    /// Those that the host chooses from where nobody names one.
    PortRange ephemeralPorts() {
        return kernel.transport().ephemeralPorts();
    }

    /// The same mapping with the lowest host port that nobody holds, of those it may have.
    public PortBinding lowestFree(PortBinding asked) throws RefusedException, EngineException {
        PortRange choice = Objects.requireNonNullElse(asked.requested().hostPorts(), ephemeralPorts());
        List<Listener> listeners = sockets.read(choice);
        for (int number = choice.first(); number <= choice.last(); number++) {
            PortBinding port = asked.withHostPort(number);
            if (isFree(port, listeners)) {
                return port;
            }
        }
        throw PortRefusals.noFreePort();
    }

    /// The next host port above this one that would do in its place, 0 when there is none.
    public int nextFree(PortBinding port) throws EngineException {
        if (port.hostPorts().first() == PortRange.MAX_PORT) {
            return 0;
        }
        List<Listener> listeners = sockets.read(new PortRange(port.hostPorts().first() + 1, PortRange.MAX_PORT));
        for (int number = port.hostPorts().first() + 1; number <= PortRange.MAX_PORT; number++) {
            if (isFree(port.withHostPort(number), listeners)) {
                return number;
            }
        }
        return 0;
    }

    private List<Listener> listenersAt(PortBinding port) throws EngineException {
        return sockets.read(port.hostPorts());
    }

    private boolean isFree(PortBinding port, List<Listener> listeners) {
        return holder(port).isEmpty() && listener(port, listeners).isEmpty();
    }

    private Optional<HeldPort> holder(PortBinding port) {
        return heldPorts.stream()
                .filter(held ->
                        !held.port().id().equals(port.id()) && held.port().conflictsWith(port))
                .findFirst();
    }

    private Optional<Listener> listener(PortBinding port, List<Listener> listeners) {
        return listeners.stream()
                .filter(listener -> listener.protocol() == port.protocol()
                        && port.hostPorts().contains(listener.port())
                        && port.hostAddresses().stream().anyMatch(address -> occupies(listener.address(), address)))
                .findFirst();
    }

    /// A socket on `::` takes IPv4 as well unless it says otherwise, which cannot be seen from outside.
    private static boolean occupies(InetAddress listening, InetAddress published) {
        boolean sameFamily = Family.of(listening) == Family.of(published);
        // Connections to ::1 are never translated, so whoever listens there keeps them.
        boolean own = Family.of(listening) == Family.IPV6 && listening.isLoopbackAddress();
        return listening.equals(published)
                || (listening.isAnyLocalAddress() && (sameFamily || Family.of(listening) == Family.IPV6))
                || (published.isAnyLocalAddress() && sameFamily && !own);
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

    private List<String> localAddresses(PortBinding port) {
        return kernel.links().stream()
                .map(KernelState.Link::addresses)
                .flatMap(Collection::stream)
                .map(Cidr::address)
                .filter(address -> Family.of(address) == Family.of(port.hostAddress()))
                .filter(address -> Family.of(address) == Family.IPV4 || !address.isLinkLocalAddress())
                .map(Addresses::format)
                .toList();
    }
}
