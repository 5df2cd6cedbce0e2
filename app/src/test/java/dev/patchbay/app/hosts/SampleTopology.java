package dev.patchbay.app.hosts;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The seed session in the middle of its way: mydockernet with web01 and web02, both published.
public final class SampleTopology {
    public static final Id BRIDGE = id(1);
    public static final Id MYDOCKERNET = id(2);
    public static final Id WEB01 = id(3);
    public static final Id WEB02 = id(4);
    public static final Id PORT_8080 = id(5);
    public static final Id PORT_8081 = id(6);
    private static final Instant THEN = Instant.parse("2022-10-05T03:00:51Z");

    private SampleTopology() {}

    private static Id id(int number) {
        return new Id(String.format("%064x", number));
    }

    public static Topology empty() {
        return new Topology(1, host(), List.of(bridge()), List.of(), List.of());
    }

    public static Topology seed() {
        Network mine = new Network(
                MYDOCKERNET,
                "mydockernet",
                THEN,
                NetworkDriver.BRIDGE,
                "pb-000000000000",
                NetworkConfig.of(Cidr.of("172.18.0.0/16"), InetAddress.ofLiteral("172.18.0.1")),
                false,
                false,
                false,
                0,
                false,
                true,
                65534,
                65531,
                Map.of());
        return new Topology(
                7,
                host(),
                List.of(bridge(), mine),
                List.of(
                        web(WEB01, "web01", "172.18.0.2", 7, PORT_8080, 8080, Container.State.RUNNING),
                        web(WEB02, "web02", "172.18.0.3", 8, PORT_8081, 8081, Container.State.EXITED)),
                List.of());
    }

    private static Host host() {
        return new Host(
                "lab",
                List.of(new Host.Interface("eth0", true, List.of(Cidr.of("198.51.100.2/24")))),
                true,
                InetAddress.ofLiteral("198.51.100.1"),
                List.of(Cidr.of("172.17.0.0/16")),
                new KernelState("lab", true, List.of(), List.of(), KernelState.Transport.DEFAULT));
    }

    private static Network bridge() {
        return new Network(
                BRIDGE,
                "bridge",
                THEN,
                NetworkDriver.BRIDGE,
                "patchbay0",
                NetworkConfig.of(Cidr.of("172.17.0.0/16"), InetAddress.ofLiteral("172.17.0.1")),
                false,
                false,
                false,
                0,
                true,
                true,
                65534,
                65533,
                Map.of());
    }

    private static Container web(
            Id id, String name, String address, int endpoint, Id port, int hostPort, Container.State state) {
        boolean runs = state == Container.State.RUNNING;
        InetAddress inside = InetAddress.ofLiteral(address);
        return new Container(
                id,
                name,
                "httpd:2.4",
                List.of("httpd-foreground"),
                THEN,
                state,
                runs ? 2682 : 0,
                0,
                THEN,
                null,
                "mydockernet",
                List.of(new ExposedPort(80, Protocol.TCP)),
                List.of(new Endpoint(
                        id(endpoint),
                        MYDOCKERNET,
                        "eth0",
                        "pbv" + name,
                        new Cidr(inside, 16),
                        null,
                        MacAddress.fromIpv4(inside),
                        true,
                        runs,
                        EndpointConfig.DEFAULT)),
                List.of(PortBinding.single(
                                port, id(endpoint), Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), hostPort, 80, runs)
                        .with(PortBinding.RuleState.PRESENT)),
                Map.of(),
                ContainerConfig.DEFAULT,
                0);
    }

    /// Of web01's cable and of the predefined network.
    public static List<Problem> problems() {
        return List.of(
                new Problem(
                        id(7),
                        ProblemKind.CABLE_UNPLUGGED,
                        List.of("pbvweb01", "web01", "mydockernet"),
                        List.of(new PlannedStep(
                                "plug pbvweb01 into pb-000000000000",
                                List.of("ip link set pbvweb01 master pb-000000000000 up")))),
                new Problem(
                        BRIDGE,
                        ProblemKind.BRIDGE_DOWN,
                        List.of("patchbay0", "bridge"),
                        List.of(new PlannedStep("create bridge patchbay0", List.of("ip link set patchbay0 up")))));
    }

    /// @param packets of the rule that carries 8080
    public static HostRules counters(long nanos, long packets) {
        List<KernelRule> rules = List.of(
                rule("nat", "PREROUTING", 1, packets + 3, "-m addrtype --dst-type LOCAL -j PATCHBAY"),
                rule("nat", "POSTROUTING", 1, 42, "-s 172.18.0.0/16 ! -o pb-000000000000 -j MASQUERADE"),
                rule(
                        "nat",
                        "PATCHBAY",
                        1,
                        packets,
                        "! -i pb-000000000000 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80"),
                rule(
                        "nat",
                        "PATCHBAY",
                        2,
                        3,
                        "! -i pb-000000000000 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.18.0.3:80"),
                rule("filter", "FORWARD", 1, 500, "-j PATCHBAY"),
                rule(
                        "filter",
                        "PATCHBAY",
                        1,
                        128,
                        "-d 172.18.0.2/32 ! -i pb-000000000000 -p tcp -m tcp --dport 80 -j ACCEPT"));
        List<KernelChain> chains = List.of(
                new KernelChain(Family.IPV4, "nat", "PREROUTING", "ACCEPT", 0, 0),
                new KernelChain(Family.IPV4, "nat", "POSTROUTING", "ACCEPT", 0, 0),
                new KernelChain(Family.IPV4, "nat", "PATCHBAY", "-", 0, 0),
                new KernelChain(Family.IPV4, "filter", "FORWARD", "ACCEPT", 0, 0),
                new KernelChain(Family.IPV4, "filter", "PATCHBAY", "-", 0, 0));
        return new HostRules(
                nanos,
                "iptables v1.8.9 (nf_tables)",
                chains,
                rules,
                List.of(),
                List.of(
                        new LinkCounters("pbvweb01", packets * 1000, packets * 4000, packets, packets),
                        new LinkCounters("eth0", packets * 10, packets * 20, packets, packets)));
    }

    /// A sample each second, with traffic that comes and goes.
    public static Supplier<HostRules> busy() {
        AtomicInteger second = new AtomicInteger();
        AtomicLong in = new AtomicLong();
        AtomicLong out = new AtomicLong();
        return () -> {
            int now = second.incrementAndGet();
            double wave = Math.sin(now / 5.0) + 0.4 * Math.sin(now / 2.3) + 1.3;
            in.addAndGet((long) (18e6 * wave));
            out.addAndGet((long) (3.1e6 * (1.2 + Math.cos(now / 7.0) / 2)));
            HostRules still = counters(now * 1_000_000_000L, 128 + now * 3L);
            return new HostRules(
                    still.nanos(),
                    still.firewall(),
                    still.chains(),
                    still.rules(),
                    still.tables(),
                    List.of(
                            new LinkCounters("pbvweb01", out.get(), in.get(), now, now),
                            new LinkCounters("eth0", in.get(), out.get(), now, now)));
        };
    }

    private static KernelRule rule(String table, String chain, int number, long packets, String specification) {
        return new KernelRule(Family.IPV4, table, chain, number, packets, packets * 60, specification);
    }
}
