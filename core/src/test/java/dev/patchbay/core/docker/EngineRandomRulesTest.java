package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRules;
import dev.patchbay.core.testing.RandomRules.Feature;
import dev.patchbay.core.testing.RandomRules.Firewall;
import dev.patchbay.core.testing.RandomRules.RuleSet;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules by chance, beside those of the newest Docker: what is derived, and whether a real connection is made.
class EngineRandomRulesTest {
    private static final List<List<String>> PATHS = List.of(
            List.of("outside", "web:80"),
            List.of("near", "web:80"),
            List.of("far", "web:80"),
            List.of("host", "web:80"),
            List.of("web", "host:9999"));

    @TempDir
    static Path directory;

    private static RealEngine engine;
    private static Machine machine;
    private static EngineHost seeing;

    @BeforeAll
    static void start() throws Exception {
        engine = RealEngine.startNewest(directory);
        machine = engine.machine(directory);
        seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {});
        engine.onHost("busybox httpd -p 9999 -h /run/image/www");
        engine.docker("network", "create", "one");
        engine.docker("network", "create", "two");
        engine.docker("run", "-d", "--name", "web", "--network", "one", "-p", "8090:80", RealEngineTest.IMAGE);
        engine.docker("run", "-d", "--name", "near", "--network", "one", RealEngineTest.IMAGE);
        engine.docker("run", "-d", "--name", "far", "--network", "two", RealEngineTest.IMAGE);
        await().untilAsserted(() ->
                assertThat(explain("host", "web:80", true).verdict()).isEqualTo(Verdict.REACHABLE));
    }

    @AfterAll
    static void end() throws Exception {
        if (seeing != null) {
            seeing.close();
        }
        if (machine != null) {
            machine.down();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private static TracedPath explain(String from, String to, boolean probe) throws Exception {
        return seeing.explain(new ReachabilityRequest(from, to, false, probe));
    }

    /// The seed is in every failure; `-Dpatchbay.seed` repeats it.
    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        long seed = Long.getLong("patchbay.seed", 20261202);
        Random random = new Random(seed);
        String subnet = engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "one");
        int unknown = 0;
        int situations = 0;
        int rounds = Boolean.getBoolean("patchbay.long") ? 20 : 4;
        for (int round = 0; round < rounds; round++) {
            Feature feature = Feature.values()[random.nextInt(Feature.values().length)];
            Firewall firewall = feature.isOfNftAlone() || random.nextBoolean() ? Firewall.NFTABLES : Firewall.IPTABLES;
            RuleSet rules = new RandomRules(random, false, subnet).next(feature, firewall);
            engine.onHost(RandomRules.ADD_TUNNEL + "; " + rules.commands());
            List<TracedPath> derived = new ArrayList<>();
            StringBuilder script = new StringBuilder();
            for (List<String> path : PATHS) {
                TracedPath traced = explain(path.getFirst(), path.getLast(), false);
                TracedPath.Destination to = Objects.requireNonNull(traced.destination(), traced::toString);
                script.append(connect(path.getFirst(), derived.size(), Addresses.format(to.address()), to.port()));
                derived.add(traced);
            }
            List<String> said = engine.onHost(script + "wait").lines().toList();
            engine.onHost(RandomRules.RESTORE);
            for (int i = 0; i < derived.size(); i++) {
                TracedPath traced = derived.get(i);
                situations++;
                if (traced.verdict() == Verdict.UNKNOWN) {
                    unknown++;
                } else {
                    assertThat(said)
                            .as(
                                    "seed %d, round %d, %s: %s; derived %s: %s",
                                    seed,
                                    round,
                                    PATHS.get(i),
                                    rules.commands(),
                                    traced.verdict(),
                                    traced.hops().stream()
                                            .map(hop -> hop.title() + ": " + hop.detail())
                                            .toList())
                            .contains(i + (traced.verdict() == Verdict.REACHABLE ? " yes" : " no"));
                }
            }
        }
        System.out.println("seed " + seed + ": " + situations + " situations on Docker, " + unknown + " unknown");
        assertThat(unknown).isLessThanOrEqualTo(Math.max(1, situations / 50));
        assertThat(engine.onHost("nft list tables; iptables-save; ip rule; ip link show"))
                .doesNotContain("mine", "MINE", RandomRules.TUNNEL, "priority 100");
    }

    /// Less than the kernel waits until it sends a packet again: only the first packets are derived.
    private static String connect(String from, int number, String address, int port) {
        String inside = switch (from) {
            case "host" -> "";
            case "outside" -> "ip netns exec outside ";
            default -> "nsenter -t " + engine.docker("inspect", "-f", "{{.State.Pid}}", from) + " -n ";
        };
        return "{ %sperl -MIO::Socket::IP -e \"exit(IO::Socket::IP->new(PeerHost => '%s', PeerPort => %d, Timeout => 0.9)"
                        .formatted(inside, address, port)
                + " ? 0 : 1)\" >/dev/null 2>&1 && echo %d yes || echo %d no; } &\n".formatted(number, number);
    }

    /// On a network in these gateway modes a peer with a route reaches containers by their addresses.
    @ParameterizedTest
    @ValueSource(strings = {"routed", "nat-unprotected"})
    void aContainerThatIsNotBehindTheHostIsReachedByItsAddress(String mode) throws Exception {
        engine.docker("network", "create", "-o", "com.docker.network.bridge.gateway_mode_ipv4=" + mode, "open");
        engine.docker("run", "-d", "--name", "direct", "--network", "open", "-p", "80", RealEngineTest.IMAGE);
        String subnet = engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "open");
        engine.onHost("ip netns exec outside ip route add " + subnet + " via 198.51.100.2");
        await().untilAsserted(() ->
                assertThat(explain("host", "direct:80", true).verdict()).isEqualTo(Verdict.REACHABLE));
        List<String> destinations = mode.equals("routed")
                ? List.of("direct:80", "direct:81", "direct")
                // A published port is asked for at the host there.
                : List.of("direct:81", "direct");
        for (String to : destinations) {
            TracedPath path = explain("outside", to, false);
            String address = Addresses.format(
                    Objects.requireNonNull(path.destination(), path::toString).address());
            assertThat(address)
                    .isEqualTo(engine.docker(
                            "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "direct"));
            // What is to come back is waited for as long as the machine takes.
            int seconds = path.verdict() == Verdict.REACHABLE ? 60 : 2;
            String reached = engine.onHost("ip netns exec outside "
                    + (to.equals("direct")
                            ? "busybox ping -c 1 -W " + seconds + " " + address
                            : "curl -s --max-time " + seconds + " http://" + address + to.substring(6))
                    + " >/dev/null && echo yes || echo no");
            assertThat(path.verdict())
                    .as(path.toString())
                    .isEqualTo(reached.equals("yes") ? Verdict.REACHABLE : Verdict.BLOCKED);
        }
        engine.docker("rm", "-f", "direct");
        engine.docker("network", "rm", "open");
        engine.onHost("ip netns exec outside ip route delete " + subnet);
    }

    /// Ports are open on such a network, and what leaves it has the host's address, as on any other.
    @Test
    void lostMasqueradingOfAnUnprotectedNetworkIsAProblem() throws Exception {
        engine.docker("network", "create", "-o", "com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected", "open");
        engine.docker("run", "-d", "--name", "direct", "--network", "open", RealEngineTest.IMAGE);
        String rule = engine.onHost("iptables -t nat -S POSTROUTING | grep ' -s '"
                + engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "open")
                + "| grep -v src-type");
        engine.onHost("iptables -t nat " + rule.replaceFirst("-A", "-D"));
        awaitProblems(List.of(ProblemKind.ENGINE_MASQUERADE_LOST, ProblemKind.ENGINE_RULES_GONE));
        engine.onHost("iptables -t nat " + rule);
        awaitProblems(List.of());
        engine.docker("rm", "-f", "direct");
        engine.docker("network", "rm", "open");
    }

    private static void awaitProblems(List<ProblemKind> kinds) {
        await().untilAsserted(() -> assertThat(seeing.topology().problems())
                .extracting(Problem::kind)
                .isEqualTo(kinds));
    }
}
