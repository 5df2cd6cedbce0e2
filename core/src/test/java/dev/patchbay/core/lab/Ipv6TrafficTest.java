package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.PlannedStep;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// IPv6 in a Lab as packets find it.
class Ipv6TrafficTest {
    private static final String HOST = "[2001:db8::2]";
    private static final String OUTSIDE = "[2001:db8::1]";
    private static final String WEB = "[2001:db8:1::50]";

    /// Answers every datagram.
    private static final String UDP_SERVER =
            "my $s = IO::Socket::IP->new(Proto => 'udp', LocalPort => 5353, LocalHost => '::') or die $!;"
                    + "while (defined $s->recv(my $m, 99)) { $s->send('pong') }";

    private static final String UDP_CLIENT = "perl -MIO::Socket::IP -e \"my \\$s = IO::Socket::IP->new(Proto => 'udp',"
            + " PeerHost => '2001:db8::2', PeerPort => 5353); \\$s->send('?'); my \\$m; vec(my \\$r = '', fileno(\\$s), 1)"
            + " = 1; print select(\\$r, undef, undef, 1) && defined \\$s->recv(\\$m, 99) ? \\$m : 'none'\"";

    @TempDir
    private static Path home;

    private static RealLab lab;

    @BeforeAll
    static void build() throws Exception {
        lab = new RealLab(home);
        network("six", false, Map.of(), "10.77.0.0/24", "2001:db8:1::/64");
        network("local", false, Map.of());
        network("back", true, Map.of(), "2001:db8:3::/64");
        network("apart", false, Map.of("com.docker.network.bridge.enable_icc", "false"), "2001:db8:4::/64");
        lab.done(Change.RunContainer.of(
                        "web",
                        "httpd:2.4",
                        List.of(),
                        List.of(new EndpointRequest("six", null, "2001:db8:1::50", null, List.of(), 0)))
                .withPorts(List.of(
                        PortMapping.of(null, 8080, 80, Protocol.TCP),
                        PortMapping.of(InetAddress.ofLiteral("2001:db8::2"), 8083, 80, Protocol.TCP))));
        for (String name : List.of("six", "local", "back", "apart")) {
            run(name + "1", name);
            run(name + "2", name);
        }
        lab.outside("mkdir -p /run/www && echo outside > /run/www/index.html"
                + " && busybox httpd -p 2001:db8::1:9090 -h /run/www || busybox httpd -p " + OUTSIDE
                + ":9090 -h /run/www");
        await().untilAsserted(() -> assertThat(page("six1", WEB)).contains("It works!"));
        for (String name : List.of("six1", "six2", "local1", "local2", "back1", "back2", "apart1", "apart2")) {
            await().untilAsserted(() -> assertThat(page(name, "[::1]")).contains("It works!"));
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    private static void network(String name, boolean internal, Map<String, String> options, String... subnets)
            throws EngineException {
        lab.done(new Change.CreateNetwork(
                name,
                Driver.BRIDGE,
                List.of(subnets).stream().map(PoolRequest::subnet).toList(),
                true,
                internal,
                false,
                false,
                null,
                Map.of(),
                options));
    }

    private static void run(String name, String network) throws EngineException {
        lab.done(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network))));
    }

    private static String in(String container, String command) throws EngineException {
        String namespace = Specs.of(lab.state().specs()).sandboxes().stream()
                .filter(sandbox -> sandbox.name().equals(container))
                .map(SandboxSpec::netnsName)
                .findFirst()
                .orElseThrow();
        return lab.onHost("ip netns exec " + namespace + " " + command);
    }

    /// The page, or the exit status of curl.
    private static String page(String container, String host) throws EngineException {
        return in(container, "curl -s --max-time 20 http://" + host + "/ || echo $?");
    }

    /// As [#page], for a host from which no answer is expected.
    private static String silence(String container, String host) throws EngineException {
        return in(container, "curl -s --max-time 3 http://" + host + "/ || echo $?");
    }

    private static String address6(String container) throws EngineException {
        return in(container, "ip -6 -o address show dev eth0 scope global")
                .replaceFirst("(?s).*inet6 (\\S+)/64.*", "[$1]");
    }

    private static String rules() throws EngineException {
        return lab.onHost("iptables-save; ip6tables-save")
                .lines()
                .filter(line -> line.startsWith("-A"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void aPublishedPortAnswersOnBothFamiliesOfTheHost() throws Exception {
        for (String port : List.of("8080", "8083")) {
            assertThat(lab.outside("curl -s --max-time 20 http://" + HOST + ":" + port))
                    .contains("It works!");
            assertThat(lab.onHost("curl -s --max-time 20 http://" + HOST + ":" + port))
                    .contains("It works!");
        }
        assertThat(lab.outside("curl -s --max-time 20 http://198.51.100.2:8080"))
                .contains("It works!");
        assertThat(page("web", HOST + ":8080")).as("hairpin").contains("It works!");
        assertThat(page("local1", HOST + ":8080")).as("from another network").contains("It works!");
        assertThat(lab.onHost("curl -s --max-time 20 http://localhost:8080")).contains("It works!");
        assertThat(lab.onHost("curl -s --max-time 20 http://[::1]:8080 || echo $?"))
                .as("refused at once")
                .isEqualTo("7\n");
    }

    @Test
    void datagramsReachAPublishedPort() throws Exception {
        List<String> command = List.of("perl", "-MIO::Socket::IP", "-e", UDP_SERVER);
        lab.done(Change.RunContainer.of("udp", "host", command, List.of(EndpointRequest.on("six")))
                .withPorts(List.of(PortMapping.of(null, 5353, 5353, Protocol.UDP))));
        await().untilAsserted(() -> assertThat(lab.outside(UDP_CLIENT)).isEqualTo("pong"));
        lab.done(new Change.RemoveContainer("udp", true));
    }

    /// The outside has no route to any network, so an answer comes back only to what was masqueraded.
    @Test
    void whatGoesOutHasTheHostsAddress() throws Exception {
        assertThat(page("six1", OUTSIDE + ":9090")).isEqualTo("outside\n");
        assertThat(page("local1", OUTSIDE + ":9090")).isEqualTo("outside\n");
        assertThat(in("six1", "ip -6 route show default")).contains("via 2001:db8:1::1 dev eth0");
    }

    @Test
    void networksAreKeptApart() throws Exception {
        assertThat(page("six2", address6("six1"))).contains("It works!");
        assertThat(page("local1", address6("local2"))).contains("It works!");
        assertThat(silence("local1", address6("six1"))).isEqualTo("28\n");
        assertThat(silence("six1", address6("back1"))).isEqualTo("28\n");
        assertThat(silence("apart1", address6("apart2"))).isEqualTo("28\n");
        assertThat(page("apart1", OUTSIDE + ":9090")).isEqualTo("outside\n");
    }

    @Test
    void anInternalNetworkLeadsNowhereAndStaysWhole() throws Exception {
        assertThat(page("back1", address6("back2"))).contains("It works!");
        assertThat(page("back1", OUTSIDE + ":9090")).isEqualTo("7\n");
        assertThat(in("back1", "ip -6 route show default")).isEmpty();
    }

    @Test
    void aSandboxHasIpv6OnlyWhereItHasAnAddress() throws Exception {
        run("four", "bridge");
        assertThat(in("four", "ip -6 address")).isEmpty();
        assertThat(in("web", "ip -6 -o address show dev lo")).contains("::1/128");
        assertThat(in("web", "cat /proc/sys/net/ipv6/conf/eth0/accept_ra")).isEqualTo("0\n");
        lab.done(new Change.RemoveContainer("four", true));
    }

    @Test
    void inspectShowsWhatTheKernelHas() throws Exception {
        String settings = lab.controller()
                .inspectContainer("web")
                .at("/NetworkSettings/Networks/six")
                .toString();
        assertThat(settings)
                .contains("\"IPAMConfig\":{\"IPv6Address\":\"2001:db8:1::50\"}")
                .contains("\"IPv6Gateway\":\"2001:db8:1::1\"")
                .contains("\"GlobalIPv6Address\":\"2001:db8:1::50\",\"GlobalIPv6PrefixLen\":64");
        assertThat(lab.controller()
                        .inspectContainer("web")
                        .at("/NetworkSettings/Ports/80~1tcp")
                        .toString())
                .isEqualTo("[{\"HostIp\":\"2001:db8::2\",\"HostPort\":\"8083\"},"
                        + "{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"8080\"}]");
        String network = lab.controller().inspectNetwork("local").toString();
        assertThat(network).contains("\"EnableIPv6\":true").containsPattern("\"Subnet\":\"fd[0-9a-f:]+::/64\"");
        assertThat(in("web", "ip -6 -o address show dev eth0")).contains("2001:db8:1::50/64");
    }

    @Test
    void aContainerHasTheLoopbackAddressWhileItHasAnother() throws Exception {
        lab.done(Change.CreateNetwork.named("four"));
        run("guest", "four");
        assertThat(loopback("guest")).isEmpty();

        lab.done(new Change.Connect("guest", EndpointRequest.on("six")));
        assertThat(loopback("guest")).isEqualTo("::1/128");
        lab.done(new Change.Disconnect("six", "guest"));
        assertThat(loopback("guest")).isEmpty();
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(loopback("guest")).isEqualTo("::1/128");
        assertThat(page("guest", "[::1]")).contains("It works!");

        in("guest", "sysctl -q -w net.ipv6.conf.lo.disable_ipv6=1");
        assertThat(lab.controller().repair(false))
                .extracting(PlannedStep::name)
                .singleElement()
                .asString()
                .startsWith("switch IPv6 on on lo of pb-");
        assertThat(loopback("guest")).isEqualTo("::1/128");
        lab.done(new Change.RemoveContainer("guest", true));
        lab.done(new Change.RemoveNetwork("four"));
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    private static String loopback(String container) throws EngineException {
        return in(container, "ip -6 -o address show dev lo | awk '{print $4}'").strip();
    }

    @Test
    void whatWasTakenByHandIsPutBack() throws Exception {
        String before = rules();
        lab.onHost("ip6tables -t nat -F PATCHBAY; ip6tables -F FORWARD; ip -6 address flush scope global dev "
                + bridge("six") + "; sysctl -qw net.ipv6.conf.all.forwarding=0");
        assertThat(lab.controller().repair(false))
                .extracting(PlannedStep::name)
                .contains("repair ip6tables rules", "forward IPv6", "create bridge " + bridge("six"));
        assertThat(rules()).isEqualTo(before);
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(lab.outside("curl -s --max-time 20 http://" + HOST + ":8080"))
                .contains("It works!");
    }

    @Test
    void bothFamiliesAreOneChangeThatUndoTakesBack() throws Exception {
        String before = rules();
        network("fleeting", false, Map.of(), "2001:db8:9::/64");
        run("short", "fleeting");
        assertThat(rules()).contains("2001:db8:9::/64");
        lab.killHelper();
        lab.up();
        assertThat(lab.controller().repair(true)).isEmpty();
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(rules()).isEqualTo(before);
    }

    private static String bridge(String network) throws EngineException {
        return Specs.of(lab.state().specs()).networks().stream()
                .filter(each -> each.name().equals(network))
                .findFirst()
                .orElseThrow()
                .bridge();
    }
}
