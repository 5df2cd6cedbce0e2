package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The sockets of the resolver: UDP and TCP at each gateway, all read by one thread.
final class DnsListeners {
    private static final int LARGEST_PACKET = 65_535;
    /// A buffer for a few hundred queries that arrive while the thread is busy.
    private static final int RECEIVE_BYTES = 1 << 20;

    private static final int BACKLOG = 64;
    private static final int RETRY_MILLIS = 200;

    /// An address at which the members of one network query.
    private record ListenAddress(Id network, InetAddress gateway) {}

    private final DnsPacketHandler handler;
    private final TcpConnections connections;
    private final Selector selector;
    private final int port;
    /// By network and gateway.
    private final Map<Id, Map<InetAddress, List<SelectableChannel>>> openChannels = new HashMap<>();
    private final Set<ListenAddress> pending = new HashSet<>();

    DnsListeners(DnsPacketHandler packetHandler, int port) throws IOException {
        this.handler = packetHandler;
        this.connections = new TcpConnections(packetHandler);
        this.selector = Selector.open();
        this.port = port;
    }

    /// Listens at these addresses of the network and stops at all others. An address that the kernel
    /// does not allow yet, such as a new IPv6 address, is tried again.
    synchronized void listen(Id network, List<InetAddress> gateways) {
        Set<ListenAddress> wanted = new HashSet<>();
        gateways.forEach(gateway -> wanted.add(new ListenAddress(network, gateway)));
        pending.removeIf(place -> place.network().equals(network) && !wanted.contains(place));
        Map<InetAddress, List<SelectableChannel>> here = openChannels.computeIfAbsent(network, _ -> new HashMap<>());
        for (InetAddress gateway : List.copyOf(here.keySet())) {
            if (!gateways.contains(gateway)) {
                here.getOrDefault(gateway, List.of()).forEach(DnsListeners::close);
                here.remove(gateway);
            }
        }
        for (ListenAddress place : wanted) {
            if (!here.containsKey(place.gateway()) && !tryOpen(place) && pending.add(place)) {
                System.err.println("cannot listen on " + Addresses.format(place.gateway()) + " yet");
            }
        }
        if (here.isEmpty()) {
            openChannels.remove(network);
        }
        selector.wakeup();
    }

    /// Ends [#run].
    synchronized void close() throws IOException {
        openChannels.values().stream()
                .flatMap(channels -> channels.values().stream())
                .flatMap(List::stream)
                .forEach(DnsListeners::close);
        openChannels.clear();
        pending.clear();
        selector.close();
    }

    private synchronized boolean openPending() {
        pending.removeIf(this::tryOpen);
        return pending.isEmpty();
    }

    private boolean tryOpen(ListenAddress place) {
        ProtocolFamily family =
                place.gateway() instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        InetSocketAddress address = new InetSocketAddress(place.gateway(), port);
        List<SelectableChannel> channels = new ArrayList<>();
        try {
            DatagramChannel udp = DatagramChannel.open(family);
            channels.add(udp);
            ServerSocketChannel tcp = ServerSocketChannel.open(family);
            channels.add(tcp);
            // A new resolver listens beside the previous one for a moment.
            udp.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            tcp.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            udp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            udp.bind(address);
            tcp.bind(address, BACKLOG);
            udp.configureBlocking(false).register(selector, SelectionKey.OP_READ, place.network());
            tcp.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT, place.network());
            openChannels.computeIfAbsent(place.network(), _ -> new HashMap<>()).put(place.gateway(), channels);
            return true;
        } catch (IOException e) {
            channels.forEach(DnsListeners::close);
            return false;
        }
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing the socket cannot lose data.
            return;
        }
    }

    /// Reads forever.
    void run() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_PACKET);
        try {
            while (selector.isOpen()) {
                selector.select(openPending() ? 0 : RETRY_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | IOException e) {
            System.err.println("the resolver ends: " + e.getMessage());
        }
    }

    private void serve(SelectionKey key, ByteBuffer buffer) {
        Id network = (Id) key.attachment();
        try {
            switch (key.channel()) {
                case DatagramChannel udp -> receive(udp, network, buffer);
                case ServerSocketChannel tcp -> accept(tcp, network);
                case SelectableChannel other -> close(other);
            }
        } catch (ClosedChannelException e) {
            // Its network was removed while the packet was under way.
            key.cancel();
        } catch (IOException e) {
            // The failure concerns one packet or connection, for example an answer that could not be
            // delivered.
            return;
        }
    }

    private void receive(DatagramChannel udp, Id network, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (!(udp.receive(buffer) instanceof InetSocketAddress source)) {
            return;
        }
        byte[] packet = new byte[buffer.flip().remaining()];
        buffer.get(packet);
        handler.answer(packet, network, source.getAddress(), false).thenAccept(answer -> {
            if (answer != null) {
                send(udp, answer, source);
            }
        });
    }

    private static void send(DatagramChannel udp, byte[] answer, SocketAddress client) {
        try {
            udp.send(ByteBuffer.wrap(answer), client);
        } catch (IOException e) {
            // Treated as a lost packet: the client repeats the query.
            return;
        }
    }

    private void accept(ServerSocketChannel tcp, Id network) throws IOException {
        SocketChannel channel = tcp.accept();
        if (channel != null && channel.getRemoteAddress() instanceof InetSocketAddress source) {
            connections.serve(channel, network, source.getAddress());
        }
    }
}
