package dev.patchbay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRules.Feature;
import dev.patchbay.core.testing.RandomRules.Firewall;
import dev.patchbay.core.testing.RandomRules.RuleSet;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Compares what is derived for rules by chance, beside those of a host, with real connections.
public final class RandomRulesComparison {
    public static final boolean LONG = Boolean.getBoolean("patchbay.long");

    /// Asks for an answer on the other end.
    public static final String UDP_CLIENT = "perl -MIO::Socket::IP -e \"my \\$s = IO::Socket::IP->new(Proto => 'udp',"
            + " PeerHost => '%s', PeerPort => %d); \\$s->send('?'); my \\$m; vec(my \\$r = '', fileno(\\$s), 1) = 1;"
            + " exit(select(\\$r, undef, undef, 1) && defined \\$s->recv(\\$m, 99) ? 0 : 1)\"";

    /// Waits less than the kernel does until it sends a packet again: only the first packets are derived.
    private static final String TCP_CLIENT =
            "perl -MIO::Socket::IP -e \"exit(IO::Socket::IP->new(PeerHost => '%s', PeerPort => %d, Timeout => 0.9)"
                    + " ? 0 : 1)\"";

    /// @param to with its port, or without one for a ping
    public record ProbedPath(String from, String to) {}

    /// The host whose rules are compared.
    public interface Host {
        /// What a shell script writes in the host's namespace.
        String onHost(String script) throws Exception;

        TracedPath explain(ReachabilityRequest request) throws Exception;

        /// The start of a command that runs where packets of this place come from; empty for the host.
        String inside(String place) throws Exception;
    }

    private final Host host;
    private final List<ProbedPath> paths;
    private final List<ProbedPath> paths6;
    private final String subnet;
    private final String userChain;

    private final Map<Feature, Integer> features = new EnumMap<>(Feature.class);
    private final Map<Firewall, Integer> firewalls = new EnumMap<>(Firewall.class);
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private int blocked;
    private int situations;

    /// @param paths of IPv4
    /// @param paths6 of IPv6, with a network of [RandomRules#SUBNET6]
    /// @param subnet of a network with containers and IPv4
    /// @param userChain of iptables, in which the host's engine leaves room for rules
    public RandomRulesComparison(
            Host host, List<ProbedPath> paths, List<ProbedPath> paths6, String subnet, String userChain) {
        this.host = host;
        this.paths = paths;
        this.paths6 = paths6;
        this.subnet = subnet;
        this.userChain = userChain;
    }

    /// Each round has one set of rules, and tries some paths at once. The seed is printed and in every
    /// failure; `-Dpatchbay.seed` repeats it.
    ///
    /// @param name of the host
    public void compare(String name, int rounds, int pathsPerRound) throws Exception {
        long seed = Long.getLong("patchbay.seed", 20261203);
        // Each host has rules of its own.
        Random random = new Random(seed + name.hashCode());
        int first = random.nextInt(Feature.values().length);
        for (int round = 0; round < rounds; round++) {
            Feature feature = Feature.values()[(first + round) % Feature.values().length];
            // The second ten rounds have the other family for each feature, and so has another host.
            boolean ipv6 = Math.floorMod(feature.ordinal() + round / Feature.values().length + name.hashCode(), 2) == 1;
            RuleSet rules = new RandomRules(random, ipv6, subnet, userChain).next(feature, leastUsed(feature, random));
            List<ProbedPath> some = new ArrayList<>(ipv6 ? paths6 : paths);
            while (some.size() > pathsPerRound) {
                some.remove(random.nextInt(some.size()));
            }
            compare(round, ipv6, rules, some);
        }
        System.out.println("seed %d: %d situations on %s, %d blocked, %d wrong, %d unknown, %s, %s"
                .formatted(seed, situations, name, blocked, wrong.size(), unknown.size(), features, firewalls));
        assertThat(wrong).as("seed %d, unknown: %s", seed, unknown).isEmpty();
        assertThat(unknown).as("seed %d", seed).hasSizeLessThanOrEqualTo(situations / 50);
        assertThat(blocked).as("seed %d", seed).isGreaterThanOrEqualTo(situations / 3);
        assertThat(features.keySet()).as("seed %d", seed).containsExactlyInAnyOrder(Feature.values());
        assertThat(features.values()).allMatch(count -> count >= pathsPerRound);
        assertThat(firewalls.keySet()).as("seed %d", seed).containsExactlyInAnyOrder(Firewall.values());
        assertThat(host.onHost("nft list tables; iptables-save; ip6tables-save; ip rule; ip -6 rule; ip link show"))
                .doesNotContain("mine", "MINE", "ufw", "firewalld", RandomRules.TUNNEL, "priority 100", "INPUT DROP");
    }

    private Firewall leastUsed(Feature feature, Random random) {
        List<Firewall> all = new ArrayList<>(List.of(Firewall.values()));
        Collections.shuffle(all, random);
        return all.stream()
                .filter(one -> one.has(feature))
                .min(Comparator.comparing(one -> firewalls.getOrDefault(one, 0)))
                .orElseThrow();
    }

    private void compare(int round, boolean ipv6, RuleSet rules, List<ProbedPath> some) throws Exception {
        List<TracedPath> derived = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        List<String> said;
        try {
            host.onHost(RandomRules.ADD_TUNNEL + "; " + rules.commands());
            for (ProbedPath path : some) {
                TracedPath traced = host.explain(new ReachabilityRequest(path.from(), path.to(), ipv6, false));
                script.append("{ %s%s >/dev/null 2>&1 && echo %3$d yes || echo %3$d no; } &\n"
                        .formatted(host.inside(path.from()), client(traced), derived.size()));
                derived.add(traced);
            }
            said = host.onHost(script + "wait").lines().toList();
        } finally {
            host.onHost(RandomRules.RESTORE);
        }
        for (int i = 0; i < derived.size(); i++) {
            TracedPath traced = derived.get(i);
            assertThat(said).as(script.toString()).containsAnyOf(i + " yes", i + " no");
            boolean connected = said.contains(i + " yes");
            situations++;
            blocked += connected ? 0 : 1;
            rules.features().forEach(used -> features.merge(used, 1, Integer::sum));
            firewalls.merge(rules.firewall(), 1, Integer::sum);
            String situation = "round %d, IPv%d, %s, %s, %s, connected: %s\n%s\nderived %s: %s"
                    .formatted(
                            round,
                            ipv6 ? 6 : 4,
                            rules.firewall(),
                            rules.features(),
                            some.get(i),
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

    private static String client(TracedPath traced) {
        TracedPath.Destination to = Objects.requireNonNull(traced.destination(), traced::toString);
        String address = Addresses.format(to.address());
        Protocol protocol = traced.question().protocol();
        if (protocol == null) {
            return "busybox ping -c 1 -W 1 " + address;
        }
        return (protocol == Protocol.UDP ? UDP_CLIENT : TCP_CLIENT).formatted(address, to.port());
    }
}
