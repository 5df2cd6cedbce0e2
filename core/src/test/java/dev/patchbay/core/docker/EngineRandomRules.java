package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRules;
import dev.patchbay.core.testing.RandomRules.Feature;
import dev.patchbay.core.testing.RandomRules.Firewall;
import dev.patchbay.core.testing.RandomRules.ProbedPath;
import dev.patchbay.core.testing.RandomRules.RuleSet;
import dev.patchbay.engine.net.Addresses;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Compares what is derived on a real engine's host, for rules by chance beside the engine's own, with real
/// connections.
final class EngineRandomRules {
    static final boolean LONG = Boolean.getBoolean("patchbay.long");

    private static final int ROUNDS = LONG ? 20 : 4;

    private static final List<ProbedPath> PATHS = List.of(
            new ProbedPath("outside", "web:80"),
            new ProbedPath("near", "web:80"),
            new ProbedPath("far", "web:80"),
            new ProbedPath("host", "web:80"),
            new ProbedPath("web", "host:9999"));
    private static final List<ProbedPath> PATHS6 = List.of(
            new ProbedPath("host", "six1:80"),
            new ProbedPath("six2", "six1:80"),
            new ProbedPath("six1", "host:9999"),
            new ProbedPath("six2", "host"),
            new ProbedPath("host", "six2"));

    /// As [RandomRules] has it in its sets.
    private static final String SUBNET6 = "2001:db8:1::/64";

    private final RealEngine engine;
    private final EngineHost seeing;
    private final String subnet;
    private final Map<String, String> processes = new HashMap<>();

    EngineRandomRules(RealEngine engine, EngineHost seeing) {
        this.engine = engine;
        this.seeing = seeing;
        engine.onHost("busybox httpd -p 9999 -h /run/image/www");
        engine.docker("network", "create", "one");
        engine.docker("network", "create", "two");
        run("web", "one", "-p", "8090:80");
        run("near", "one");
        run("far", "two");
        awaitReachable("web:80", false);
        if (LONG) {
            engine.docker("network", "create", "--ipv6", "--subnet", "10.99.0.0/24", "--subnet", SUBNET6, "six");
            run("six1", "six");
            run("six2", "six");
            awaitReachable("six1:80", true);
            awaitReachable("six2:80", true);
        }
        subnet = engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "one");
    }

    private void run(String name, String network, String... options) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name, "--network", network));
        words.addAll(List.of(options));
        words.add(RealEngineTest.IMAGE);
        engine.docker(words.toArray(String[]::new));
        processes.put(name, engine.docker("inspect", "-f", "{{.State.Pid}}", name));
    }

    private void awaitReachable(String to, boolean ipv6) {
        await().untilAsserted(() -> assertThat(seeing.explain(new ReachabilityRequest("host", to, ipv6, true))
                        .verdict())
                .isEqualTo(Verdict.REACHABLE));
    }

    /// The seed is printed and in every failure; `-Dpatchbay.seed` repeats it.
    ///
    /// @param name of the engine
    void compare(String name) throws Exception {
        long seed = Long.getLong("patchbay.seed", 20261202);
        Random random = new Random(seed);
        Map<Feature, Integer> seen = new EnumMap<>(Feature.class);
        List<String> wrong = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        int blocked = 0;
        int situations = 0;
        int first = random.nextInt(Feature.values().length);
        for (int round = 0; round < ROUNDS; round++) {
            boolean ipv6 = LONG && round % 4 == 3;
            Feature feature = Feature.values()[(first + round) % Feature.values().length];
            Firewall firewall = feature.isOfNftAlone() || random.nextBoolean() ? Firewall.NFTABLES : Firewall.IPTABLES;
            RuleSet rules = new RandomRules(random, ipv6, ipv6 ? SUBNET6 : subnet).next(feature, firewall);
            engine.onHost(RandomRules.ADD_TUNNEL + "; " + rules.commands());
            List<ProbedPath> paths = ipv6 ? PATHS6 : PATHS;
            List<TracedPath> derived = new ArrayList<>();
            StringBuilder script = new StringBuilder();
            for (ProbedPath path : paths) {
                TracedPath traced = seeing.explain(new ReachabilityRequest(path.from(), path.to(), ipv6, false));
                script.append(connect(path.from(), derived.size(), traced));
                derived.add(traced);
            }
            List<String> said = engine.onHost(script + "wait").lines().toList();
            engine.onHost(RandomRules.RESTORE);
            for (int i = 0; i < derived.size(); i++) {
                TracedPath traced = derived.get(i);
                assertThat(said).as(script.toString()).containsAnyOf(i + " yes", i + " no");
                boolean connected = said.contains(i + " yes");
                situations++;
                blocked += connected ? 0 : 1;
                rules.features().forEach(used -> seen.merge(used, 1, Integer::sum));
                String situation = "round %d, IPv%d, %s, %s, connected: %s\n%s\nderived %s: %s"
                        .formatted(
                                round,
                                ipv6 ? 6 : 4,
                                rules.features(),
                                paths.get(i),
                                connected,
                                rules.commands(),
                                traced.verdict(),
                                traced.hops().stream()
                                        .map(hop -> hop.title() + ": " + hop.detail())
                                        .toList());
                if (traced.verdict() == Verdict.UNKNOWN) {
                    unknown.add(situation);
                } else if ((traced.verdict() == Verdict.REACHABLE) != connected) {
                    wrong.add(situation);
                }
            }
        }
        System.out.println("seed " + seed + ": " + situations + " situations on " + name + ", " + blocked + " blocked, "
                + wrong.size() + " wrong, " + unknown.size() + " unknown, " + seen);
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(unknown).as("seed %d", seed).hasSizeLessThanOrEqualTo(Math.max(1, situations / 50));
        if (LONG) {
            assertThat(blocked).as("seed %d", seed).isGreaterThanOrEqualTo(situations / 3);
            assertThat(seen.keySet()).containsExactlyInAnyOrder(Feature.values());
            assertThat(seen.values()).allMatch(count -> count >= 5);
        }
        assertThat(engine.onHost("nft list tables; iptables-save; ip6tables-save; ip rule; ip -6 rule; ip link show"))
                .doesNotContain("mine", "MINE", RandomRules.TUNNEL, "priority 100");
    }

    /// Less than the kernel waits until it sends a packet again: only the first packets are derived.
    private String connect(String from, int number, TracedPath traced) {
        TracedPath.Destination to = Objects.requireNonNull(traced.destination(), traced::toString);
        String address = Addresses.format(to.address());
        String inside = switch (from) {
            case "host" -> "";
            case "outside" -> "ip netns exec outside ";
            default -> "nsenter -t " + processes.get(from) + " -n ";
        };
        String command = traced.question().protocol() == null
                ? "busybox ping -c 1 -W 1 " + address
                : "perl -MIO::Socket::IP -e \"exit(IO::Socket::IP->new(PeerHost => '%s', PeerPort => %d, Timeout => 0.9)"
                                .formatted(address, to.port())
                        + " ? 0 : 1)\"";
        return "{ %s%s >/dev/null 2>&1 && echo %d yes || echo %d no; } &\n".formatted(inside, command, number, number);
    }
}
