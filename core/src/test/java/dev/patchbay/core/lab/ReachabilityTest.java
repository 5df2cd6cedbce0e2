package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.PortMapping;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Ground;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Inquiry;
import dev.patchbay.core.reachability.Path;
import dev.patchbay.core.reachability.Path.Verdict;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.PoolRequest;
import dev.patchbay.engine.spec.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is derived from rules and routes, against a real packet from the same place to the same address.
class ReachabilityTest {
    private static final String UDP_SERVER =
            "my $s = IO::Socket::IP->new(Proto => 'udp', LocalPort => 5353, LocalHost => '0.0.0.0') or die $!;"
                    + "while (defined $s->recv(my $m, 99)) { $s->send('pong') }";

    private static final String UDP_CLIENT = "perl -MIO::Socket::IP -e \"my \\$s = IO::Socket::IP->new(Proto => 'udp',"
            + " PeerHost => '%s', PeerPort => %d); \\$s->send('?'); my \\$m; vec(my \\$r = '', fileno(\\$s), 1) = 1;"
            + " exit(select(\\$r, undef, undef, 1) && defined \\$s->recv(\\$m, 99) ? 0 : 1)\"";

    @TempDir
    private static java.nio.file.Path home;

    private static RealLab lab;

    @BeforeAll
    static void build() throws Exception {
        lab = new RealLab(home);
        network("shop", false, false, Map.of());
        network("mail", false, false, Map.of());
        network("back", false, true, Map.of());
        network("apart", false, false, Map.of("com.docker.network.bridge.enable_icc", "false"));
        network("plain", false, false, Map.of("com.docker.network.bridge.enable_ip_masquerade", "false"));
        network("six", true, false, Map.of(), "10.77.0.0/24", "2001:db8:1::/64");
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        run("web01", "shop", tcp(8080));
        run(
                "web02",
                "shop",
                PortMapping.of(loopback, 8081, 80, Protocol.TCP),
                tcp(8082).allowing(List.of(Cidr.of("198.51.100.7/32"))));
        run("post", "mail", tcp(8086));
        run("db", "back", tcp(8084));
        run("db2", "back");
        run("lone1", "apart");
        run("lone2", "apart");
        run("bare", "plain");
        run("six1", "six", tcp(8085));
        run("six2", "six");
        run("off", "shop");
        lab.done(new Change.StopContainer("off"));
        command("udp1", "shop", "perl", "-MIO::Socket::IP", "-e", UDP_SERVER);
        command("shy", "shop", "busybox", "httpd", "-f", "-p", "127.0.0.1:80");
        run("both", "shop");
        lab.done(new Change.Connect("both", EndpointRequest.on("back")));
        lab.outside("ip address add 198.51.100.7/24 dev eth0; mkdir -p /run/www && echo o > /run/www/index.html"
                + " && busybox httpd -p 198.51.100.1:9090 -h /run/www");
        lab.onHost("mkdir -p /run/www && echo h > /run/www/index.html && busybox httpd -p 9999 -h /run/www");
        for (String to : List.of("web01:80", "web02:80", "db:80", "post:80", "six1:80", "six2:80", "udp1:5353/udp")) {
            await(to)
                    .until(() -> verdict("host", to, to.startsWith("six"), false) == Verdict.REACHABLE
                            || to.startsWith("db"));
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    private static void network(
            String name, boolean ipv6, boolean internal, Map<String, String> options, String... subnets)
            throws EngineException {
        lab.done(new Change.CreateNetwork(
                name,
                Driver.BRIDGE,
                List.of(subnets).stream().map(PoolRequest::subnet).toList(),
                ipv6,
                internal,
                false,
                false,
                null,
                Map.of(),
                options));
    }

    private static void run(String name, String network, PortMapping... ports) throws EngineException {
        lab.done(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(List.of(ports)));
    }

    private static void command(String name, String network, String... words) throws EngineException {
        lab.done(Change.RunContainer.of(name, "host", List.of(words), List.of(EndpointRequest.on(network))));
    }

    private static PortMapping tcp(int hostPort) {
        return PortMapping.of(null, hostPort, 80, Protocol.TCP);
    }

    private static Path explain(String from, String to, boolean ipv6, boolean probe) throws EngineException {
        Explanation explanation = lab.controller().explain(new Inquiry(from, to, ipv6, probe));
        assertThat(explanation).isInstanceOf(Explanation.Explained.class);
        return ((Explanation.Explained) explanation).path();
    }

    private static Verdict verdict(String from, String to, boolean ipv6, boolean probe) throws EngineException {
        return explain(from, to, ipv6, probe).verdict();
    }

    /// Whether a packet of another tool gets there and is answered.
    private static boolean gets(String from, @Nullable Protocol protocol, InetAddress to, int port)
            throws EngineException {
        String address = Addresses.text(to);
        String command;
        if (protocol == null) {
            command = "busybox ping -c 1 -W 1 " + address;
        } else if (protocol == Protocol.UDP) {
            command = UDP_CLIENT.formatted(address, port);
        } else {
            command = "curl -s --max-time 1 http://" + Addresses.socket(to, port) + "/";
        }
        String script = command + " >/dev/null 2>&1 && echo yes || echo no";
        String said = switch (from) {
            case "host" -> lab.onHost(script);
            case "outside" -> lab.outside(script);
            default -> lab.onHost("ip netns exec " + namespace(from) + " " + script);
        };
        return said.strip().equals("yes");
    }

    private static String namespace(String container) throws EngineException {
        return Specs.of(lab.state().specs()).sandboxes().stream()
                .filter(sandbox -> sandbox.name().equals(container))
                .map(SandboxSpec::namespaceName)
                .findFirst()
                .orElseThrow();
    }

    private static void agrees(String from, String to, boolean ipv6, Verdict expected) throws EngineException {
        Path derived = explain(from, to, ipv6, false);
        assertThat(derived.verdict()).as(derived.hops().toString()).isEqualTo(expected);
        if (derived.aim() != null && expected != Verdict.UNKNOWN) {
            assertThat(gets(
                            from,
                            derived.question().protocol(),
                            derived.aim().address(),
                            derived.aim().port()))
                    .as("a real packet, where is derived: " + derived.hops())
                    .isEqualTo(expected == Verdict.REACHABLE);
        }
        assertThat(verdict(from, to, ipv6, true)).as("with a probe").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # two of one network, and the rest of what a container may want
        web01   | web02:80        | REACHABLE
        web01   | web02           | REACHABLE
        web01   | web02:81        | BLOCKED
        web01   | shy:80          | BLOCKED
        web01   | off:80          | BLOCKED
        off     | web01:80        | BLOCKED
        web01   | udp1:5353/udp   | REACHABLE
        web01   | udp1:5354/udp   | BLOCKED
        web01   | web01:80        | REACHABLE
        # networks are kept apart
        web01   | post:80         | BLOCKED
        web01   | post            | BLOCKED
        web01   | db:80           | BLOCKED
        db      | web01:80        | BLOCKED
        db      | db2:80          | REACHABLE
        both    | db:80           | REACHABLE
        db      | both:80         | REACHABLE
        both    | post:80         | BLOCKED
        lone1   | lone2:80        | BLOCKED
        # out into the world
        web01   | outside:9090    | REACHABLE
        web01   | outside:9091    | BLOCKED
        web01   | outside         | REACHABLE
        db      | outside:9090    | BLOCKED
        bare    | outside:9090    | BLOCKED
        lone1   | outside:9090    | REACHABLE
        # the host
        host    | web01:80        | REACHABLE
        host    | db:80           | REACHABLE
        host    | lone1           | REACHABLE
        web01   | host:9999       | REACHABLE
        web01   | host:9998       | BLOCKED
        db      | host:9999       | REACHABLE
        host    | host:9999       | REACHABLE
        # published ports
        host    | host:8080       | REACHABLE
        host    | host:8081       | REACHABLE
        host    | host:8084       | REACHABLE
        outside | web01:80        | REACHABLE
        outside | host:8080       | REACHABLE
        outside | host:8081       | BLOCKED
        outside | host:8082       | BLOCKED
        outside | db:80           | REACHABLE
        outside | lone1:80        | BLOCKED
        outside | host:9999       | REACHABLE
        web01   | host:8080       | REACHABLE
        web02   | host:8080       | REACHABLE
        post    | host:8080       | REACHABLE
        web01   | host:8086       | REACHABLE
        """)
    void theDerivedVerdictIsTheRealPackets(String from, String to, Verdict expected) throws Exception {
        agrees(from, to, false, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        six1    | six2:80         | REACHABLE
        six1    | six2            | REACHABLE
        six1    | six2:81         | BLOCKED
        outside | six1:80         | REACHABLE
        outside | six2:80         | BLOCKED
        host    | six1:80         | REACHABLE
        six2    | host:8085       | REACHABLE
        web01   | six1:80         | BLOCKED
        """)
    void soItIsWithIpv6(String from, String to, Verdict expected) throws Exception {
        agrees(from, to, true, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        outside | web01:80     | iptables -I FORWARD -p tcp --dport 80 -j DROP         | iptables -D FORWARD -p tcp --dport 80 -j DROP
        outside | web01:80     | iptables -I FORWARD -p tcp --dport 80 -j REJECT       | iptables -D FORWARD -p tcp --dport 80 -j REJECT
        web01   | web02:80     | iptables -I FORWARD -s SHOP -d SHOP -p tcp --syn -j DROP | iptables -D FORWARD -s SHOP -d SHOP -p tcp --syn -j DROP
        web01   | host:9999    | iptables -A INPUT -i pb-+ -p tcp -m multiport --dports 9000:9999 -j DROP | iptables -F INPUT
        host    | web01:80     | iptables -A OUTPUT -d SHOP -p tcp -j DROP             | iptables -F OUTPUT
        outside | web01:80     | iptables -t raw -A PREROUTING -i eth0 -j DROP         | iptables -t raw -D PREROUTING -i eth0 -j DROP
        outside | web01:80     | iptables -N ufw-test; iptables -A ufw-test -s 198.51.100.0/24 -j DROP; iptables -I FORWARD -j ufw-test | iptables -D FORWARD -j ufw-test; iptables -F ufw-test; iptables -X ufw-test
        web01   | outside:9090 | iptables -I FORWARD -i eth0 -m conntrack --ctstate ESTABLISHED -j DROP | iptables -D FORWARD -i eth0 -m conntrack --ctstate ESTABLISHED -j DROP
        web01   | outside:9090 | sysctl -q -w net.ipv4.ip_forward=0                    | sysctl -q -w net.ipv4.ip_forward=1
        """)
    void whatSomebodyElseDoesIsSeen(String from, String to, String by, String back) throws Exception {
        String subnet = lab.controller().topology().networks().stream()
                .filter(network -> network.name().equals("shop"))
                .map(network -> String.valueOf(network.subnet()))
                .findFirst()
                .orElseThrow();
        agrees(from, to, false, Verdict.REACHABLE);
        lab.onHost(by.replace("SHOP", subnet));
        try {
            agrees(from, to, false, Verdict.BLOCKED);
            assertThat(explain(from, to, false, false).remedy()).isInstanceOf(Remedy.ByHand.class);
        } finally {
            lab.onHost(back.replace("SHOP", subnet));
        }
        agrees(from, to, false, Verdict.REACHABLE);
    }

    @Test
    void whatCannotBeToldIsUnknownAndDecidedByAProbe() throws Exception {
        lab.onHost("iptables -I FORWARD -p tcp --dport 80 -m statistic --mode random --probability 1 -j DROP");
        try {
            assertThat(verdict("outside", "web01:80", false, false)).isEqualTo(Verdict.UNKNOWN);
            assertThat(verdict("outside", "web01:80", false, true)).isEqualTo(Verdict.BLOCKED);
        } finally {
            lab.onHost("iptables -D FORWARD 1");
        }
        lab.onHost("iptables -I FORWARD -m statistic --mode random --probability 0.5 -j LOG");
        try {
            agrees("outside", "web01:80", false, Verdict.REACHABLE);
        } finally {
            lab.onHost("iptables -D FORWARD 1");
        }
    }

    @Test
    void aFlushedRuleIsNamedAndRepairHelps() throws Exception {
        lab.onHost("iptables -t nat -F PATCHBAY");
        try {
            agrees("outside", "web01:80", false, Verdict.BLOCKED);
            assertThat(explain("outside", "web01:80", false, false).remedy()).isInstanceOf(Remedy.ByRepair.class);
        } finally {
            lab.controller().repair(false);
        }
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
        lab.onHost("iptables -F PATCHBAY");
        try {
            agrees("outside", "web01:80", false, Verdict.BLOCKED);
            assertThat(explain("outside", "web01:80", false, false).remedy()).isInstanceOf(Remedy.ByRepair.class);
        } finally {
            lab.controller().repair(false);
        }
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        web01   | post:80         | Connect web01 to mail
        db      | outside:9090    | Connect db to bridge
        web02   | off:80          | Start off
        outside | lone2:80        | Publish 80/tcp of lone2
        """)
    void theRemedyHelpsAndIsTakenBack(String from, String to, String words) throws Exception {
        agrees(from, to, false, Verdict.BLOCKED);
        assertThat(explain(from, to, false, true).remedy()).isInstanceOfSatisfying(Remedy.ByChange.class, remedy -> {
            assertThat(remedy.words()).isEqualTo(words);
            assertThat(lab.controller()).satisfies(controller -> RealLab.done(controller.apply(remedy.change())));
        });
        await().until(() -> verdict(from, to, false, false) == Verdict.REACHABLE);
        agrees(from, to, false, Verdict.REACHABLE);
        RealLab.done(lab.controller().undo());
        agrees(from, to, false, Verdict.BLOCKED);
    }

    @Test
    void thePicturesPathIsTold() throws Exception {
        Path path = explain("outside", "web01:80", false, true);
        assertThat(path.hops())
                .extracting(Hop::stage)
                .containsExactly(
                        Stage.ROUTE,
                        Stage.JACK,
                        Stage.CHAIN,
                        Stage.TRANSLATION,
                        Stage.FILTER,
                        Stage.PLUG,
                        Stage.LISTENER,
                        Stage.BACK,
                        Stage.PROBE);
        assertThat(path.hops())
                .filteredOn(hop -> hop.ground() == Ground.OBSERVED)
                .extracting(Hop::stage)
                .containsExactly(Stage.TRANSLATION, Stage.FILTER);
        assertThat(path.hops()).extracting(Hop::title).contains("host:8080", "nat PREROUTING → PATCHBAY", "connected");
    }
}
