package dev.patchbay.engine.probe;

import static dev.patchbay.engine.netlink.MalformedMessageTest.UNEXPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.testing.PrivateNamespace;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class ListenerReaderTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void namesTheProcessThatHoldsAPort() throws Exception {
        long pid = ProcessHandle.current().pid();
        String process = Files.readString(Path.of("/proc/self/comm")).strip();
        try (ServerSocketChannel tcp = ServerSocketChannel.open(StandardProtocolFamily.INET);
                ServerSocketChannel tcp6 = ServerSocketChannel.open(StandardProtocolFamily.INET6);
                DatagramSocket _ = new DatagramSocket(new InetSocketAddress(LOOPBACK, 5353))) {
            tcp.bind(new InetSocketAddress(LOOPBACK, 8080));
            tcp6.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 8081));

            assertThat(ListenerReader.listeners(PortRange.ALL, UNEXPECTED))
                    .contains(
                            new Listener(Protocol.TCP, LOOPBACK, 8080, pid, process),
                            new Listener(Protocol.TCP, InetAddress.ofLiteral("::1"), 8081, pid, process))
                    .anySatisfy(listener -> {
                        assertThat(listener.protocol()).isEqualTo(Protocol.UDP);
                        assertThat(listener.port()).isEqualTo(5353);
                        assertThat(listener.pid()).isEqualTo(pid);
                    });
        }
        assertThat(ListenerReader.listeners(PortRange.ALL, UNEXPECTED))
                .extracting(Listener::port)
                .doesNotContain(8080, 8081, 5353);
    }

    @Test
    void aConnectionIsNoListener() throws Exception {
        try (ServerSocket server = new ServerSocket(8080, 1, LOOPBACK);
                var client = new Socket(LOOPBACK, 8080);
                var accepted = server.accept()) {
            assertThat(ListenerReader.listeners(PortRange.ALL, UNEXPECTED))
                    .filteredOn(listener -> listener.port() == 8080)
                    .hasSize(1);
            assertThat(ListenerReader.listeners(PortRange.ALL, UNEXPECTED))
                    .extracting(Listener::port)
                    .doesNotContain(client.getLocalPort());
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @Test
    void tellsOfTheAskedPortsOnly() throws Exception {
        try (ServerSocket lower = new ServerSocket(8080, 1, LOOPBACK);
                ServerSocket upper = new ServerSocket(8082, 1, LOOPBACK)) {
            assertThat(lower.isBound() && upper.isBound()).isTrue();
            assertThat(ListenerReader.listeners(new PortRange(8079, 8081), UNEXPECTED))
                    .extracting(Listener::port)
                    .containsExactly(8080);
            assertThat(ListenerReader.listeners(PortRange.single(8081), UNEXPECTED))
                    .isEmpty();
        }
    }

    @Test
    void readsTheNamespaceOfTheCallingThread() throws Exception {
        try (ServerSocket here = new ServerSocket(8080, 1, LOOPBACK);
                Namespace other = Namespaces.create("other");
                ServerSocket there = Namespaces.runInside(other, () -> new ServerSocket(9090, 1, LOOPBACK))) {
            assertThat(here.isBound() && there.isBound()).isTrue();
            assertThat(ListenerReader.listeners(PortRange.ALL, UNEXPECTED))
                    .extracting(Listener::port)
                    .contains(8080)
                    .doesNotContain(9090);
            assertThat(Namespaces.runInside(other, () -> ListenerReader.listeners(PortRange.ALL, UNEXPECTED)))
                    .extracting(Listener::port)
                    .containsExactly(9090);
        }
        Namespaces.delete("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::", "::1"})
    void tellsTheAddressOfEachSocket(String text) throws Exception {
        InetAddress address = InetAddress.ofLiteral(text);
        ProtocolFamily family =
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (ServerSocketChannel tcp = ServerSocketChannel.open(family);
                DatagramChannel udp = DatagramChannel.open(family)) {
            tcp.bind(new InetSocketAddress(address, 8080));
            udp.bind(new InetSocketAddress(address, 8080));
            assertThat(ListenerReader.listeners(PortRange.single(8080), UNEXPECTED))
                    .extracting(Listener::protocol, Listener::address)
                    .containsExactlyInAnyOrder(tuple(Protocol.TCP, address), tuple(Protocol.UDP, address));
        }
    }

    /// Its other descriptors are looked at all the same, and so are other processes.
    @Test
    void aDescriptorThatCannotBeReadIsCounted(@TempDir Path proc) throws Exception {
        for (String link :
                List.of("7/fd/3 socket:[x]", "7/fd/4 socket:[42]", "7/fd/5 pipe:[43]", "8/fd/3 socket:[44]")) {
            Path descriptor = proc.resolve(link.split(" ")[0]);
            Files.createDirectories(descriptor.getParent());
            Files.createSymbolicLink(descriptor, Path.of(link.split(" ")[1]));
        }
        List<Unreadable> passedOver = new ArrayList<>();
        assertThat(ListenerReader.owners(proc, Set.of(42L, 43L, 44L), passedOver::add))
                .containsOnly(entry(42L, 7L), entry(44L, 8L));
        assertThat(passedOver)
                .containsExactly(new Unreadable(
                        Unreadable.Kind.SOCKET, proc + "/7/fd/3 leads to no number of a socket: socket:[x]"));
    }
}
