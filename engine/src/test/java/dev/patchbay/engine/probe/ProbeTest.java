package dev.patchbay.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.kernel.ProbeResult.Result;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.Request.Probe.Method;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class ProbeTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int WAIT = 2000;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aListenerAnswersAndAClosedPortRefuses(String address) throws Exception {
        InetAddress to = InetAddress.ofLiteral(address);
        try (ServerSocket _ = new ServerSocket(8080, 1, to)) {
            assertThat(Probe.send(Method.TCP, to, 8080, WAIT).result()).isEqualTo(Result.ANSWERED);
        }
        assertThat(Probe.send(Method.TCP, to, 8080, WAIT).result()).isEqualTo(Result.REFUSED);
        assertThat(Probe.send(Method.UDP, to, 8080, WAIT).result()).isEqualTo(Result.REFUSED);
        assertThat(Probe.send(Method.PING, to, 0, WAIT).result()).isEqualTo(Result.ANSWERED);
    }

    @Test
    void aDatagramIsAnsweredOrSaysNothing() throws Exception {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 5353))) {
            Thread.ofVirtual().start(() -> {
                DatagramPacket asked = new DatagramPacket(new byte[9], 9);
                try {
                    server.receive(asked);
                    server.send(asked);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(Probe.send(Method.UDP, LOOPBACK, 5353, WAIT).result()).isEqualTo(Result.ANSWERED);
            assertThat(Probe.send(Method.UDP, LOOPBACK, 5353, 100).result()).isEqualTo(Result.SILENT);
        }
    }

    @Test
    void whatARuleDropsIsSilentAndWhatHasNoRouteIsUnreachable() throws Exception {
        run("iptables -A INPUT -p tcp --dport 8081 -j DROP");
        try {
            assertThat(Probe.send(Method.TCP, LOOPBACK, 8081, 200).result()).isEqualTo(Result.SILENT);
            ProbeResult nowhere = Probe.send(Method.TCP, InetAddress.ofLiteral("192.0.2.1"), 80, WAIT);
            assertThat(nowhere.result()).isEqualTo(Result.UNREACHABLE);
            assertThat(nowhere.reason()).contains("unreachable");
        } finally {
            run("iptables -F INPUT");
        }
    }

    @Test
    void knocksFromTheNamespaceOfItsThread() throws Exception {
        try (Namespace room = Namespaces.create("room");
                RouteNetlink inside = RouteNetlink.openIn(room)) {
            inside.setUp("lo");
            try (ServerSocket _ = new ServerSocket(8082, 1, LOOPBACK)) {
                assertThat(Namespaces.runInside(room, () -> Probe.send(Method.TCP, LOOPBACK, 8082, WAIT))
                                .result())
                        .isEqualTo(Result.REFUSED);
            }
        } finally {
            Namespaces.delete("room");
        }
    }

    @Test
    void readsTheSettingsOfEachLink() throws Exception {
        run("ip link add settled type bridge");
        run("sysctl -q -w net.ipv4.conf.settled.route_localnet=1 net.ipv4.conf.settled.rp_filter=1"
                + " net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward=1");
        try (RouteNetlink netlink = RouteNetlink.open()) {
            ForwardingSettings passage = ForwardingSettingsReader.read(netlink.links());
            assertThat(passage.localnet()).containsExactly("settled");
            assertThat(passage.strict()).contains("settled");
            assertThat(passage.forwards()).isTrue();
            run("sysctl -q -w net.ipv4.conf.all.rp_filter=2");
            assertThat(ForwardingSettingsReader.read(netlink.links()).strict()).doesNotContain("settled");
        } finally {
            run("ip link del settled");
            run("sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward=0");
        }
    }

    private static void run(String line) throws Exception {
        Shell.run(line.split(" "));
    }
}
