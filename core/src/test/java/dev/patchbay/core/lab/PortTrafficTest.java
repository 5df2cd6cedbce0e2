package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Published ports of a Lab as packets find them, while they are published, moved, narrowed and taken back.
class PortTrafficTest {
    private static final String HOST = "198.51.100.2";

    @TempDir
    private static Path home;

    private static RealLab lab;

    @BeforeAll
    static void build() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        lab.done(new Change.CreateNetwork(
                "back", Driver.BRIDGE, List.of(), false, true, false, false, null, Map.of(), Map.of()));
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    private static void web(String name, String network, PortMapping... ports) throws EngineException {
        lab.done(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(List.of(ports)));
    }

    private static PortMapping tcp(int hostPort) {
        return PortMapping.of(null, hostPort, 80, Protocol.TCP);
    }

    private static Change unpublish(String container, int hostPort, Protocol protocol) {
        return new Change.Unpublish(container, null, PortRange.single(hostPort), null, protocol);
    }

    /// The page, or nothing when there is no answer.
    private static String page(int port, String... options) throws EngineException {
        return page(20, port, String.join(" ", options));
    }

    /// As [#page], for a port from which no answer is expected.
    private static String silence(int port) throws EngineException {
        return page(3, port, "");
    }

    private static String page(int seconds, int port, String options) throws EngineException {
        return lab.outside(
                "curl -s --max-time " + seconds + " " + options + " http://" + HOST + ":" + port + "/ || true");
    }

    @Test
    void anAllowListChangesInPlaceAndIsTakenBackByUndo() throws Exception {
        lab.outside("ip address add 198.51.100.7/24 dev eth0");
        web("web01", "shop", tcp(8080));
        await().untilAsserted(() -> assertThat(page(8080)).contains("It works!"));

        lab.done(new Change.Publish("web01", tcp(8080).withAllowed(List.of(Cidr.of("198.51.100.7/32")))));
        assertThat(silence(8080)).isEmpty();
        assertThat(page(8080, "--interface 198.51.100.7")).contains("It works!");
        assertThat(lab.onHost("curl -s --max-time 20 http://127.0.0.1:8080/")).contains("It works!");
        assertThat(lab.controller().repair(true)).isEmpty();

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(page(8080)).contains("It works!");
        RealLab.done(lab.controller().apply(HistoryAction.REDO));
        assertThat(silence(8080)).isEmpty();
        lab.done(new Change.Publish("web01", tcp(8080).withAllowed(List.of(Cidr.of("0.0.0.0/0")))));
        assertThat(page(8080)).contains("It works!");
        lab.done(new Change.RemoveContainer("web01", true));
        assertThat(lab.onHost("iptables-save")).doesNotContain("8080");
    }

    @Test
    void aPortOfAnInternalNetworkIsReachedFromOutside() throws Exception {
        web("db", "back", tcp(8084));
        await().untilAsserted(() -> assertThat(page(8084)).contains("It works!"));
        assertThat(lab.onHost("curl -s --max-time 20 http://127.0.0.1:8084/")).contains("It works!");
        String namespace = lab.onHost("ip netns").lines().findFirst().orElseThrow();
        assertThat(lab.onHost("iptables-save")).contains("--ctdir REPLY");

        lab.done(unpublish("db", 8084, Protocol.TCP));
        assertThat(silence(8084)).isEmpty();
        assertThat(lab.onHost("iptables-save")).as(namespace).doesNotContain("--ctdir REPLY");
        lab.done(new Change.RemoveContainer("db", true));
    }

    @Test
    void everyPortIsPublishedByOneRuleAndNamedInOneRange() throws Exception {
        PortMapping every = new PortMapping(null, PortRange.ALL, PortRange.ALL, Protocol.TCP, List.of());
        lab.done(Change.RunContainer.of("whole", "httpd:2.4", List.of(), List.of(EndpointRequest.on("shop")))
                .withPorts(List.of(every))
                .withExposed(PortArgument.exposed("1-65535/udp")));
        await().untilAsserted(() -> assertThat(page(80)).contains("It works!"));
        assertThat(lab.onHost("iptables-save -t nat").lines().filter(line -> line.contains("-j DNAT")))
                .singleElement()
                .asString()
                .contains("--dport 1:65535 ");

        lab.done(new Change.Publish(
                "whole", new PortMapping(null, PortRange.ALL, PortRange.ALL, Protocol.UDP, List.of())));
        assertThat(lab.onHost("iptables-save -t nat").lines().filter(line -> line.contains("-j DNAT")))
                .hasSize(2);
        assertThat(lab.controller().topology().containers())
                .filteredOn(container -> container.name().equals("whole"))
                .singleElement()
                .satisfies(container -> assertThat(container.exposed()).hasSize(2 * PortRange.MAX_PORT));
        assertThat(lab.controller().repair(true)).isEmpty();

        lab.done(new Change.RemoveContainer("whole", true));
        assertThat(lab.onHost("iptables-save")).doesNotContain("65535");
    }

    @Test
    void partsOfARangeAreTakenBack() throws Exception {
        PortRange ports = new PortRange(78, 82);
        web("web02", "shop", new PortMapping(null, new PortRange(9078, 9082), ports, Protocol.TCP, List.of()));
        await().untilAsserted(() -> assertThat(page(9080)).contains("It works!"));
        assertThat(lab.onHost("iptables-save").lines().filter(line -> line.contains("9078")))
                .hasSize(1);

        lab.done(unpublish("web02", 9079, Protocol.TCP));
        assertThat(page(9080)).contains("It works!");
        assertThat(lab.onHost("iptables-save")).contains("--dport 9078 ", "--dport 9080:9082 ");
        lab.done(unpublish("web02", 9080, Protocol.TCP));
        assertThat(silence(9080)).isEmpty();
        lab.done(new Change.RemoveContainer("web02", true));
    }

    @Test
    void aUdpClientFollowsThePortAndLosesItWithIt() throws Exception {
        UdpClient.serve(lab, "one", "shop");
        UdpClient.serve(lab, "two", "shop");
        try (UdpClient client = new UdpClient(lab, home, 4001, 5353)) {
            lab.done(new Change.Publish("one", PortMapping.of(null, 5353, 5353, Protocol.UDP)));
            client.awaitAnswers("one");

            lab.done(unpublish("one", 5353, Protocol.UDP));
            client.awaitAnswers("none");

            lab.done(new Change.Publish("one", PortMapping.of(null, 5353, 5353, Protocol.UDP)));
            client.awaitAnswers("one");
            lab.done(new Change.Batch(
                    List.of("move"),
                    List.of(
                            unpublish("one", 5353, Protocol.UDP),
                            new Change.Publish("two", PortMapping.of(null, 5353, 5353, Protocol.UDP)))));
            client.awaitAnswers("two");

            RealLab.done(lab.controller().apply(HistoryAction.UNDO));
            client.awaitAnswers("one");
        }
        lab.done(new Change.RemoveContainer("one", true));
        lab.done(new Change.RemoveContainer("two", true));
    }

    /// A connection that was open before goes on through the old port, and a new one does not.
    @Test
    void aPortIsPublishedElsewhereWhileAConnectionIsOpen() throws Exception {
        web("web03", "shop", tcp(8095));
        await().untilAsserted(() -> assertThat(page(8095)).contains("It works!"));
        lab.outside("mkfifo " + home + "/go; bash -c 'exec 3<>/dev/tcp/" + HOST + "/8095; touch " + home
                + "/open; read -r < " + home + "/go; printf \"GET / HTTP/1.0\\r\\n\\r\\n\" >&3; cat <&3 >" + home
                + "/answer' </dev/null >/dev/null 2>&1 &");
        await().untilAsserted(() -> assertThat(home.resolve("open")).exists());

        lab.done(PortRequests.republish(
                container("web03"),
                new Change.Unpublish("web03", null, PortRange.single(8095), null, Protocol.TCP),
                null,
                PortRange.single(8096)));
        assertThat(page(8096)).contains("It works!");
        assertThat(silence(8095)).isEmpty();
        lab.outside("echo > " + home + "/go");
        await().untilAsserted(() -> assertThat(home.resolve("answer")).content().contains("It works!"));

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(page(8095)).contains("It works!");
        assertThat(silence(8096)).isEmpty();
        assertThat(lab.controller().repair(true)).isEmpty();
        lab.done(new Change.RemoveContainer("web03", true));
    }

    @Test
    void aContainerMovesToAnotherNetworkWithItsPortsAndAliases() throws Exception {
        lab.done(new Change.CreateNetwork(
                "front",
                Driver.BRIDGE,
                List.of(PoolRequest.subnet("10.74.0.0/24")),
                false,
                false,
                false,
                false,
                null,
                Map.of(),
                Map.of()));
        lab.done(Change.RunContainer.of(
                        "web04",
                        "httpd:2.4",
                        List.of(),
                        List.of(EndpointRequest.on("shop").withAliases(List.of("www"))))
                .withPorts(List.of(tcp(8097))));
        await().untilAsserted(() -> assertThat(page(8097)).contains("It works!"));
        String before = lab.onHost("iptables-save | grep -v '^[#:]'");

        Topology topology = lab.controller().topology();
        Outcome.Done done = lab.done(
                EndpointMove.of(topology, container("web04"), network(topology, "shop"), network(topology, "front")));
        assertThat(done.title()).isEqualTo("patchbay network move shop front web04");
        assertThat(page(8097)).contains("It works!");
        assertThat(container("web04").endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(String.valueOf(endpoint.address())).startsWith("10.74.0.");
            assertThat(endpoint.config().aliases()).containsExactly("www");
            assertThat(endpoint.defaultRoute()).isTrue();
        });
        assertThat(lab.controller().repair(true)).isEmpty();

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(page(8097)).contains("It works!");
        assertThat(lab.onHost("iptables-save | grep -v '^[#:]'")).isEqualTo(before);
        lab.done(new Change.RemoveContainer("web04", true));
        lab.done(new Change.RemoveNetwork("front"));
    }

    private static Network network(Topology topology, String name) {
        return topology.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Container container(String name) throws Exception {
        return NameLookup.container(lab.controller().topology(), name);
    }
}
