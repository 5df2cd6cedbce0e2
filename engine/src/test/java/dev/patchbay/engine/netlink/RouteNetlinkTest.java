package dev.patchbay.engine.netlink;

import static dev.patchbay.engine.netlink.MalformedMessageTest.UNEXPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each test has a host and a box namespace; what it does is read back with `ip` and `bridge`.
class RouteNetlinkTest extends TwoNamespaces {
    @Test
    void createsABridge() throws Exception {
        int index = netlink.createBridge("pb-1", new MacAddress("02:42:11:22:33:44"), 1400, ALIAS, GROUP);

        JsonNode link = ip("-d", "link", "show", "pb-1").get(0);
        assertThat(link.get("ifindex").asInt()).isEqualTo(index);
        assertThat(link.get("linkinfo").get("info_kind").asText()).isEqualTo("bridge");
        assertThat(link.get("address").asText()).isEqualTo("02:42:11:22:33:44");
        assertThat(link.get("mtu").asInt()).isEqualTo(1400);
        assertThat(link.get("ifalias").asText()).isEqualTo(ALIAS);
        assertThat(link.get("group").asText()).isEqualTo(Integer.toString(GROUP));
        assertThat(link.get("flags").toString()).doesNotContain("\"UP\"");
        assertThat(Shell.run("ip", "link")).doesNotContain("pb-1");
    }

    /// A message of another process would count as the kernel's answer or event.
    @Test
    void nobodyButTheKernelSendsToASocket() throws Exception {
        Set<String> before = ports();
        try (NetlinkSocket _ = NetlinkSocket.open(0, 0)) {
            Set<String> opened = ports();
            opened.removeAll(before);
            assertThat(opened).hasSize(1);
            assertThat(Shell.run("python3", "-c", """
                import socket, sys
                s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
                try:
                    s.sendto(bytes(16), (int(sys.argv[1]), 0))
                    print("sent")
                except ConnectionRefusedError:
                    print("refused")
                """, opened.iterator().next()).strip())
                    .isEqualTo("refused");
        }
    }

    /// Those of NETLINK_ROUTE.
    private static Set<String> ports() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/net/netlink")).stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[1].equals("0") && !fields[2].equals("0"))
                .map(fields -> fields[2])
                .collect(Collectors.toSet());
    }

    @Test
    void setsALinkUpAndDown() throws Exception {
        int index = netlink.createBridge("pb-1", null, 0, "", 0);
        netlink.setUp("pb-1");
        assertThat(flags("pb-1")).contains("\"UP\"");
        netlink.setDown(index);
        assertThat(flags("pb-1")).doesNotContain("\"UP\"");
        netlink.setUp(index);
        netlink.setDown(index);
        assertThat(flags("pb-1")).doesNotContain("\"UP\"");
    }

    @Test
    void createsAVethThatIsBornInsideTheBox() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 1400, ALIAS, GROUP);
        int index = netlink.createVeth(veth("pbv1", bridge, "eth0"));

        JsonNode near = ip("-d", "link", "show", "pbv1").get(0);
        assertThat(near.get("ifindex").asInt()).isEqualTo(index);
        assertThat(near.get("master").asText()).isEqualTo("pb-1");
        assertThat(near.get("ifalias").asText()).isEqualTo(ALIAS);
        assertThat(near.get("group").asText()).isEqualTo(Integer.toString(GROUP));
        assertThat(near.get("mtu").asInt()).isEqualTo(1400);
        assertThat(near.get("flags").toString()).contains("\"UP\"");
        assertThat(near.get("linkinfo").get("info_kind").asText()).isEqualTo("veth");

        JsonNode far =
                Shell.json("ip", "-n", "box", "-j", "link", "show", "eth0").get(0);
        assertThat(far.get("address").asText()).isEqualTo(MAC.text());
        assertThat(far.get("mtu").asInt()).isEqualTo(1400);
        assertThat(far.get("flags").toString()).doesNotContain("\"UP\"");

        assertThat(netlink.deleteLink("pbv1")).isTrue();
        assertThat(Shell.run("ip", "-n", "box", "link")).doesNotContain("eth0");
        assertThat(ip("link", "show", "pb-1").get(0).get("mtu").asInt())
                .as("the bridge keeps its MTU without ports")
                .isEqualTo(1400);
    }

    @Test
    void aVethThatFailsLeavesNothing() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 1400, "", 0);
        netlink.createVeth(veth("pbv1", bridge, "eth0"));
        String before = Shell.run("ip", "-n", "host", "link") + Shell.run("ip", "-n", "box", "link");

        // The peer's name is taken; then the near end's; then the alias is longer than the kernel takes.
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.createVeth(veth("pbv2", bridge, "eth0")))
                .returns(Errno.EEXIST, EngineException::errno)
                .withMessageStartingWith("create veth pbv2: ");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.createVeth(veth("pbv1", bridge, "eth1")))
                .returns(Errno.EEXIST, EngineException::errno);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.createVeth(
                        new VethRequest("pbv2", bridge, "x".repeat(300), GROUP, 1400, box, "eth1", MAC)));

        assertThat(Shell.run("ip", "-n", "host", "link") + Shell.run("ip", "-n", "box", "link"))
                .isEqualTo(before);
    }

    @Test
    void setsHairpinOfABridgePort() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        int port = netlink.createVeth(veth("pbv1", bridge, "eth0"));
        netlink.setHairpin(port, true);
        assertThat(hairpin()).isTrue();
        netlink.setHairpin(port, false);
        assertThat(hairpin()).isFalse();
    }

    @Test
    void addressesCarryTheirBroadcastAsDockersDo() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        netlink.addAddress(bridge, Cidr.of("172.18.0.1/16"));
        netlink.addAddress(bridge, Cidr.of("10.0.0.5/32"));
        netlink.addAddress(bridge, Cidr.of("fd00:1::1/64"));

        JsonNode addresses = ip("addr", "show", "pb-1").get(0).get("addr_info");
        assertThat(addresses).hasSize(3);
        assertThat(addresses.get(0).get("local").asText()).isEqualTo("172.18.0.1");
        assertThat(addresses.get(0).get("prefixlen").asInt()).isEqualTo(16);
        assertThat(addresses.get(0).get("broadcast").asText()).isEqualTo("172.18.255.255");
        assertThat(addresses.get(0).get("scope").asText()).isEqualTo("global");
        assertThat(addresses.get(1).has("broadcast")).isFalse();
        assertThat(addresses.get(2).get("nodad").asBoolean()).isTrue();

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.addAddress(bridge, Cidr.of("172.18.0.1/16")))
                .returns(Errno.EEXIST, EngineException::errno)
                .returns("add address 172.18.0.1/16 to link " + bridge, EngineException::step);
        for (String address : List.of("172.18.0.1/16", "10.0.0.5/32", "fd00:1::1/64")) {
            assertThat(netlink.deleteAddress(bridge, Cidr.of(address))).isTrue();
            assertThat(netlink.deleteAddress(bridge, Cidr.of(address))).isFalse();
        }
        assertThat(ip("addr", "show", "pb-1").get(0).get("addr_info")).isEmpty();
    }

    @Test
    void addsReplacesAndDeletesTheDefaultRoute() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        netlink.setUp(bridge);
        netlink.addAddress(bridge, Cidr.of("172.18.0.2/16"));
        InetAddress first = InetAddress.ofLiteral("172.18.0.1");
        InetAddress second = InetAddress.ofLiteral("172.18.0.254");

        netlink.addDefaultRoute(first, bridge);
        assertThat(ip("route", "show", "default").findValuesAsText("gateway")).containsExactly("172.18.0.1");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.addDefaultRoute(second, bridge))
                .returns(Errno.EEXIST, EngineException::errno);
        netlink.replaceDefaultRoute(second, bridge);
        assertThat(ip("route", "show", "default").findValuesAsText("gateway")).containsExactly("172.18.0.254");
        assertThat(netlink.deleteDefaultRoute(first, bridge)).isFalse();
        assertThat(netlink.deleteDefaultRoute(second, bridge)).isTrue();
        assertThat(ip("route", "show", "default")).isEmpty();
    }

    @Test
    void theKernelsOwnExplanationIsPassedOn() throws Exception {
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        netlink.setUp(bridge);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> netlink.addDefaultRoute(InetAddress.ofLiteral("192.0.2.1"), bridge))
                .withMessage(
                        "add default route via 192.0.2.1: Network is unreachable" + " (Nexthop has invalid gateway)");
    }

    @Test
    void deletesALinkOnce() throws Exception {
        netlink.createBridge("pb-1", null, 0, "", 0);
        assertThat(netlink.deleteLink("pb-1")).isTrue();
        assertThat(netlink.deleteLink("pb-1")).isFalse();
        assertThat(ip("link")).hasSize(1);
    }

    @Test
    void twoHundredVethsAreAttachedAndDeletedByGroup() throws Exception {
        inHost("link", "add", "canary", "type", "bridge");
        String foreign = Shell.run("ip", "-n", "host", "-d", "link", "show", "canary");
        int bridge = netlink.createBridge("pb-1", null, 0, "", 0);
        for (int i = 0; i < 200; i++) {
            netlink.createVeth(veth("pbv" + i, bridge, "eth" + i));
        }
        assertThat(bridge("link"))
                .hasSize(200)
                .allMatch(port -> port.get("master").asText().equals("pb-1"));
        assertThat(netlink.links())
                .filteredOn(link -> link.master() == bridge && link.group() == GROUP)
                .hasSize(200);
        assertThat(netlink.linkCounters(UNEXPECTED)).hasSize(203);
        assertThat(Shell.json("ip", "-n", "box", "-j", "link")).hasSize(201);

        assertThat(netlink.deleteGroup(GROUP)).isTrue();

        assertThat(ip("link").findValuesAsText("ifname")).containsExactlyInAnyOrder("lo", "canary", "pb-1");
        assertThat(Shell.json("ip", "-n", "box", "-j", "link")).hasSize(1);
        assertThat(Shell.run("ip", "-n", "host", "-d", "link", "show", "canary"))
                .isEqualTo(foreign);
        assertThat(netlink.deleteGroup(GROUP)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> netlink.deleteGroup(0));
    }

    private static JsonNode bridge(String... words) throws Exception {
        return Shell.json(words(List.of("bridge", "-n", "host", "-d", "-j"), words));
    }

    private static String flags(String link) throws Exception {
        return ip("link", "show", link).get(0).get("flags").toString();
    }

    private static boolean hairpin() throws Exception {
        return bridge("link", "show", "dev", "pbv1").get(0).get("hairpin").asBoolean();
    }
}
