package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRulesComparison;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Containers, networks and ports of every kind, and packets of other tools to hold against what is derived.
abstract class ReachabilityLab {
    private static final String UDP_SERVER =
            "my $s = IO::Socket::IP->new(Proto => 'udp', LocalPort => 5353, LocalHost => '0.0.0.0') or die $!;"
                    + "while (defined $s->recv(my $m, 99)) { $s->send('pong') }";

    @TempDir
    static java.nio.file.Path home;

    static RealLab lab;

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
                tcp(8082).withAllowed(List.of(Cidr.of("198.51.100.7/32"))));
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
        for (String to : List.of(
                "web01:80",
                "web02:80",
                "db:80",
                "db2:80",
                "post:80",
                "lone1:80",
                "lone2:80",
                "six1:80",
                "six2:80",
                "both:80",
                "udp1:5353/udp")) {
            await(to).until(() -> verdict("host", to, to.startsWith("six"), false) == Verdict.REACHABLE);
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    static void network(String name, boolean ipv6, boolean internal, Map<String, String> options, String... subnets)
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

    static void run(String name, String network, PortMapping... ports) throws EngineException {
        lab.done(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(List.of(ports)));
    }

    static void command(String name, String network, String... words) throws EngineException {
        lab.done(Change.RunContainer.of(name, "host", List.of(words), List.of(EndpointRequest.on(network))));
    }

    static PortMapping tcp(int hostPort) {
        return PortMapping.of(null, hostPort, 80, Protocol.TCP);
    }

    static TracedPath explain(String from, String to, boolean ipv6, boolean probe) throws Exception {
        return lab.controller().explain(new ReachabilityRequest(from, to, ipv6, probe));
    }

    static Verdict verdict(String from, String to, boolean ipv6, boolean probe) throws Exception {
        return explain(from, to, ipv6, probe).verdict();
    }

    /// Whether a packet of another tool gets there and is answered.
    static boolean gets(String from, @Nullable Protocol protocol, InetAddress to, int port) throws EngineException {
        String address = Addresses.format(to);
        String command;
        if (protocol == null) {
            command = "busybox ping -c 1 -W 1 " + address;
        } else if (protocol == Protocol.UDP) {
            command = RandomRulesComparison.UDP_CLIENT.formatted(address, port);
        } else {
            command = "curl -s --max-time 2 http://" + Addresses.formatSocket(to, port) + "/";
        }
        String script = command + " >/dev/null 2>&1 && echo yes || echo no";
        String said = switch (from) {
            case "host" -> lab.onHost(script);
            case "outside" -> lab.outside(script);
            default -> lab.onHost("ip netns exec " + namespace(from) + " " + script);
        };
        return said.strip().equals("yes");
    }

    static String namespace(String container) throws EngineException {
        return Specs.of(lab.state().specs()).sandboxes().stream()
                .filter(sandbox -> sandbox.name().equals(container))
                .map(SandboxSpec::netnsName)
                .findFirst()
                .orElseThrow();
    }

    static void agrees(String from, String to, boolean ipv6, Verdict expected) throws Exception {
        TracedPath derived = explain(from, to, ipv6, false);
        assertThat(derived.verdict()).as(derived.hops().toString()).isEqualTo(expected);
        if (derived.destination() != null && expected != Verdict.UNKNOWN) {
            // A busy machine may lose one connection, and a path that is blocked loses each.
            boolean reached = false;
            for (int attempt = 0; attempt < (expected == Verdict.REACHABLE ? 3 : 1) && !reached; attempt++) {
                reached = gets(
                        from,
                        derived.question().protocol(),
                        derived.destination().address(),
                        derived.destination().port());
            }
            assertThat(reached)
                    .as("a real packet, where is derived: " + derived.hops())
                    .isEqualTo(expected == Verdict.REACHABLE);
        }
        assertThat(verdict(from, to, ipv6, true)).as("with a probe").isEqualTo(expected);
    }
}
