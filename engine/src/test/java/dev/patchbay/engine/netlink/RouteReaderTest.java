package dev.patchbay.engine.netlink;

import static dev.patchbay.engine.netlink.MalformedMessageTest.UNEXPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.testing.Shell;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What is read is what `ip` made and shows.
class RouteReaderTest extends TwoNamespaces {
    @Test
    void readsWhatIpMade() throws Exception {
        inHost("link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge");
        inHost("link", "set", "br0", "up", "mtu", "1300", "alias", "mine", "group", "7");
        inHost("addr", "add", "10.1.0.1/24", "dev", "br0");
        inHost("addr", "add", "fd00::1/64", "dev", "br0");
        inHost("link", "add", "ve0", "type", "veth", "peer", "name", "ve1");
        inHost("link", "set", "ve0", "master", "br0");
        inHost("route", "add", "default", "via", "10.1.0.254");
        inHost("route", "add", "10.9.0.0/16", "nexthop", "via", "10.1.0.2", "nexthop", "via", "10.1.0.3");
        inHost("route", "add", "blackhole", "10.8.0.0/16");

        List<KernelState.Link> links = netlink.links();
        assertThat(links).extracting(KernelState.Link::name).containsExactly("lo", "br0", "ve1", "ve0");
        KernelState.Link bridge = Objects.requireNonNull(netlink.link("br0"));
        assertThat(links.get(1)).isEqualTo(bridge);
        assertThat(bridge.kind()).isEqualTo("bridge");
        assertThat(bridge.up()).isTrue();
        assertThat(bridge.mtu()).isEqualTo(1300);
        assertThat(bridge.mac()).isEqualTo(new MacAddress("02:00:00:00:00:01"));
        assertThat(bridge.alias()).isEqualTo("mine");
        assertThat(bridge.group()).isEqualTo(7);
        assertThat(bridge.addresses()).contains(Cidr.of("10.1.0.1/24"), Cidr.of("fd00::1/64"));
        assertThat(links.get(0).addresses()).containsExactlyInAnyOrder(Cidr.of("127.0.0.1/8"), Cidr.of("::1/128"));
        assertThat(links.get(3).master()).isEqualTo(bridge.index());
        assertThat(links.get(3).up()).isFalse();
        assertThat(netlink.link("nobody")).isNull();

        assertThat(netlink.routes())
                .containsExactlyInAnyOrder(
                        KernelState.Route.defaultVia(InetAddress.ofLiteral("10.1.0.254"), "br0"),
                        new KernelState.Route(Cidr.of("10.1.0.0/24"), null, "br0"),
                        new KernelState.Route(Cidr.of("10.9.0.0/16"), InetAddress.ofLiteral("10.1.0.2"), "br0"),
                        new KernelState.Route(Cidr.of("10.9.0.0/16"), InetAddress.ofLiteral("10.1.0.3"), "br0"),
                        new KernelState.Route(Cidr.of("fd00::/64"), null, "br0"));
    }

    /// Numbers of links say nothing: each namespace has its own.
    @Test
    void tellsIntoWhichNamespacesLinksLead() throws Exception {
        try (Namespace far = Namespaces.create("far");
                RouteNetlink farther = RouteNetlink.openIn(far)) {
            assertThat(netlink.linksByPeerNetns()).isEmpty();
            inHost("link", "add", "ve0", "type", "veth", "peer", "name", "ve1", "netns", "box");
            Shell.run("ip", "-n", "far", "link", "add", "ve0", "type", "veth", "peer", "name", "ve1");
            assertThat(netlink.linksByPeerNetns()).containsOnlyKeys(netlink.netnsIdOf(box));
            assertThat(netlink.netnsIdOf(box)).isNotNegative();
            assertThat(netlink.netnsIdOf(far)).isEqualTo(-1);
            assertThat(farther.linksByPeerNetns()).as("both ends are there").isEmpty();
            inHost("link", "add", "mv0", "link", "ve0", "netns", "far", "type", "macvlan");
            assertThat(farther.linksByPeerNetns()).containsOnlyKeys(farther.netnsIdOf(host));
            assertThat(farther.netnsIdOf(host)).isNotNegative();
        } finally {
            Namespaces.delete("far");
        }
    }

    @Test
    void countersAreThoseOfIp() throws Exception {
        LinkCounters before = counters(netlink, "lo");
        Namespaces.runInside(host, () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] bytes = new byte[1000];
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), 9));
            }
            return 0;
        });

        LinkCounters after = counters(netlink, "lo");
        JsonNode stats = ip("-s", "link", "show", "lo").get(0).get("stats64");
        assertThat(after.txBytes()).isGreaterThan(before.txBytes() + 1000);
        assertThat(after.txBytes()).isEqualTo(stats.get("tx").get("bytes").asLong());
        assertThat(after.rxBytes()).isEqualTo(stats.get("rx").get("bytes").asLong());
        assertThat(after.txPackets()).isEqualTo(stats.get("tx").get("packets").asLong());
        assertThat(after.rxPackets()).isEqualTo(stats.get("rx").get("packets").asLong());
    }

    /// More links than one datagram holds, so that dumps are interrupted by the changes.
    @Test
    void aDumpDuringChangesIsWhole() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        for (int i = 0; i < 60; i++) {
            netlink.createVeth(veth("pbv" + i, bridge, "eth" + i));
        }
        AtomicBoolean done = new AtomicBoolean();
        try (RouteNetlink second = RouteNetlink.openIn(host)) {
            FutureTask<Integer> changes = new FutureTask<>(() -> {
                int rounds = 0;
                for (; !done.get(); rounds++) {
                    second.createBridge("churn", null, 0, "", 0);
                    second.deleteLink("churn");
                }
                return rounds;
            });
            Thread.ofPlatform().start(changes);
            List<String> whole = names(netlink.links());
            try {
                int withChurn = 0;
                for (int i = 0; i < 100 || withChurn == 0; i++) {
                    List<KernelState.Link> links = netlink.links();
                    assertThat(names(links)).isEqualTo(whole).hasSize(62);
                    withChurn += links.size() > 62 ? 1 : 0;
                }
            } finally {
                done.set(true);
            }
            assertThat(changes.get()).as("links that came and went meanwhile").isGreaterThan(1);
        }
    }

    private static List<String> names(List<KernelState.Link> links) {
        return links.stream()
                .map(KernelState.Link::name)
                .filter(name -> !name.equals("churn"))
                .toList();
    }

    @Test
    void aClosedSocketIsNotUsed() throws Exception {
        RouteNetlink other = RouteNetlink.open();
        other.close();
        other.close();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(other::links)
                .withMessage("list the links: the netlink socket is closed");
    }

    private static LinkCounters counters(RouteNetlink netlink, String name) throws EngineException {
        return netlink.linkCounters(UNEXPECTED).stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
