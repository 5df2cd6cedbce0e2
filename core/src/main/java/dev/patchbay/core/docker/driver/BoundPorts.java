package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.PortSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sockets that are bound to the host ports of the driver's endpoints and do not listen. An engine binds each host port
/// before it publishes it (moby's `portallocator`), so it gives none of these away a second time. Thread-safe.
///
/// Not bound are SCTP, of which the JDK has no socket, and `[::]`: the JDK's sockets of IPv6 have the port of IPv4 as
/// well, and somebody else may have that one.
final class BoundPorts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BoundPorts.class.getName());

    private final Map<Id, List<NetworkChannel>> channels = new HashMap<>();

    /// Takes the ports that somebody has meanwhile for theirs: rules translate before any socket is asked.
    synchronized void bind(Id endpoint, List<PortSpec> ports) {
        release(endpoint);
        List<NetworkChannel> bound = new ArrayList<>();
        channels.put(endpoint, bound);
        for (PortSpec port : ports) {
            boolean everyIpv6 = port.hostAddress().isAnyLocalAddress() && Family.of(port.hostAddress()) == Family.IPV6;
            if (port.protocol() == Protocol.SCTP || everyIpv6) {
                continue;
            }
            PortRange range = port.hostPorts();
            for (int hostPort = range.first(); hostPort <= range.last(); hostPort++) {
                bind(port, hostPort).ifPresent(bound::add);
            }
        }
    }

    synchronized void release(Id endpoint) {
        List<NetworkChannel> bound = channels.remove(endpoint);
        if (bound != null) {
            bound.forEach(BoundPorts::close);
        }
    }

    private static Optional<NetworkChannel> bind(PortSpec port, int hostPort) {
        ProtocolFamily family = Family.of(port.hostAddress()) == Family.IPV4
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        NetworkChannel channel = null;
        try {
            // A server's channel would listen at once.
            channel = port.protocol() == Protocol.TCP ? SocketChannel.open(family) : DatagramChannel.open(family);
            return Optional.of(channel.bind(new InetSocketAddress(port.hostAddress(), hostPort)));
        } catch (IOException taken) {
            LOG.log(System.Logger.Level.DEBUG, () -> "Port " + hostPort + " is not bound", taken);
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
        List.copyOf(channels.keySet()).forEach(this::release);
    }
}
