package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sockets that are bound to the host ports of the driver's endpoints and do not listen. An engine binds each host port
/// before it publishes it (moby's `portallocator`), so it gives none of these away a second time. Thread-safe.
///
/// Not bound are SCTP, of which the JDK has no socket, and `[::]`: the JDK's sockets of IPv6 have the port of IPv4 as
/// well, and somebody else may have that one.
final class HostPortSockets implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HostPortSockets.class.getName());

    private record HostPort(Id endpoint, Protocol protocol, InetAddress address, int port) {}

    private final Map<HostPort, NetworkChannel> channels = new HashMap<>();

    /// Binds what is recorded and not bound, and releases what is no longer recorded. A port that another program
    /// holds is tried again at the next call.
    synchronized void follow(Specs specs) {
        Set<HostPort> recorded = specs.endpoints().stream()
                .filter(endpoint -> specs.sandbox(endpoint.sandbox()).movesVethItself())
                .flatMap(endpoint -> specs.portsOfEndpoint(endpoint.id()).stream()
                        .filter(HostPortSockets::canBeBound)
                        .flatMap(port -> hostPorts(endpoint.id(), port)))
                .collect(Collectors.toSet());
        releaseIf(bound -> !recorded.contains(bound));
        for (HostPort port : recorded) {
            if (!channels.containsKey(port)) {
                bind(port).ifPresent(channel -> channels.put(port, channel));
            }
        }
    }

    /// Releases the ports of an endpoint until the next [#follow].
    synchronized void release(Id endpoint) {
        releaseIf(bound -> bound.endpoint().equals(endpoint));
    }

    private void releaseIf(Predicate<HostPort> released) {
        channels.entrySet().removeIf(entry -> {
            boolean goes = released.test(entry.getKey());
            if (goes) {
                close(entry.getValue());
            }
            return goes;
        });
    }

    private static boolean canBeBound(PortSpec port) {
        boolean everyIpv6 = port.hostAddress().isAnyLocalAddress() && Family.of(port.hostAddress()) == Family.IPV6;
        return port.protocol() != Protocol.SCTP && !everyIpv6;
    }

    private static Stream<HostPort> hostPorts(Id endpoint, PortSpec port) {
        return IntStream.rangeClosed(port.hostPorts().first(), port.hostPorts().last())
                .mapToObj(number -> new HostPort(endpoint, port.protocol(), port.hostAddress(), number));
    }

    private static Optional<NetworkChannel> bind(HostPort port) {
        ProtocolFamily family =
                Family.of(port.address()) == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        NetworkChannel channel = null;
        try {
            // A server's channel would listen at once.
            channel = port.protocol() == Protocol.TCP ? SocketChannel.open(family) : DatagramChannel.open(family);
            return Optional.of(channel.bind(new InetSocketAddress(port.address(), port.port())));
        } catch (IOException taken) {
            LOG.log(System.Logger.Level.DEBUG, () -> "Port " + port.port() + " is not bound", taken);
            if (channel != null) {
                close(channel);
            }
            return Optional.empty();
        }
    }

    private static void close(NetworkChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        releaseIf(_ -> true);
    }
}
