package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRules;
import dev.patchbay.core.testing.RandomRules.Feature;
import dev.patchbay.core.testing.RandomRules.Firewall;
import dev.patchbay.core.testing.RandomRules.ProbedPath;
import dev.patchbay.core.testing.RandomRules.RuleSet;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rules by chance, beside those of the Lab: what is derived for them, and whether a real connection is made.
class RandomRulesTest extends ReachabilityLab {
    /// So many paths are tried at once with one set of rules.
    private static final int PATHS_PER_SET = 5;

    private static final List<ProbedPath> PATHS = List.of(
            new ProbedPath("outside", "web01:80"),
            new ProbedPath("web01", "outside:9090"),
            new ProbedPath("outside", "host:9999"),
            new ProbedPath("web01", "web02:80"),
            new ProbedPath("web01", "host:9999"),
            new ProbedPath("host", "web01:80"),
            new ProbedPath("web01", "outside"),
            new ProbedPath("host", "udp1:5353/udp"),
            new ProbedPath("web01", "web02"),
            new ProbedPath("host", "host:9999"));
    private static final List<ProbedPath> PATHS6 = List.of(
            new ProbedPath("host", "six1:80"),
            new ProbedPath("six1", "six2:80"),
            new ProbedPath("six1", "host:9999"),
            new ProbedPath("six2", "host"),
            new ProbedPath("host", "six2"));

    /// Less than the kernel waits until it sends a packet again: only the first packets are derived.
    private static final String CONNECT =
            "perl -MIO::Socket::IP -e \"exit(IO::Socket::IP->new(PeerHost => '%s', PeerPort => %d, Timeout => 0.9)"
                    + " ? 0 : 1)\"";

    private final Map<String, String> namespaces = new HashMap<>();

    @BeforeEach
    void addTunnel() throws Exception {
        lab.onHost(RandomRules.ADD_TUNNEL);
    }

    @AfterEach
    void restore() throws Exception {
        lab.onHost(RandomRules.RESTORE);
        assertThat(lab.onHost("ip rule; ip -6 rule").lines()).hasSize(5);
        assertThat(lab.onHost("nft list tables; iptables-save; ip6tables-save; ip link show"))
                .doesNotContain("mine", "MINE", RandomRules.TUNNEL);
    }

    /// The seed is printed; `-Dpatchbay.seed` repeats it.
    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        long seed = Long.getLong("patchbay.seed", 20261202);
        int situations = Boolean.getBoolean("patchbay.long") ? 200 : 60;
        Random random = new Random(seed);
        Map<Feature, Integer> seen = new EnumMap<>(Feature.class);
        List<String> wrong = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        int blocked = 0;
        int done = 0;
        for (int round = 0; done < situations; round++) {
            boolean ipv6 = round % 4 == 3;
            Feature feature = Feature.values()[round % Feature.values().length];
            Firewall firewall = feature.isOfNftAlone() || random.nextInt(3) > 0 ? Firewall.NFTABLES : Firewall.IPTABLES;
            RuleSet rules = new RandomRules(random, ipv6, subnet(ipv6)).next(feature, firewall);
            lab.onHost(rules.commands());
            List<TracedPath> derived = new ArrayList<>();
            List<ProbedPath> paths = paths(ipv6, random);
            for (ProbedPath path : paths) {
                derived.add(explain(path.from(), path.to(), ipv6, false));
            }
            List<Boolean> connected = connect(paths, derived);
            lab.onHost(RandomRules.RESTORE);
            lab.onHost(RandomRules.ADD_TUNNEL);
            for (int i = 0; i < paths.size(); i++) {
                done++;
                rules.features().forEach(used -> seen.merge(used, 1, Integer::sum));
                blocked += connected.get(i) ? 0 : 1;
                String situation = "round " + round + ", IPv" + (ipv6 ? 6 : 4) + ", " + firewall + ", "
                        + rules.features() + ", " + paths.get(i) + ", connected: " + connected.get(i) + "\n"
                        + rules.commands() + "\nderived "
                        + derived.get(i).verdict() + ": "
                        + derived.get(i).hops().stream()
                                .map(hop -> hop.title() + ": " + hop.detail())
                                .toList();
                if (derived.get(i).verdict() == Verdict.UNKNOWN) {
                    unknown.add(situation);
                } else if ((derived.get(i).verdict() == Verdict.REACHABLE) != connected.get(i)) {
                    wrong.add(situation);
                }
            }
        }
        System.out.println("seed " + seed + ": " + done + " situations, " + blocked + " blocked, " + wrong.size()
                + " wrong, " + unknown.size() + " unknown, " + seen);
        assertThat(wrong).as("seed %d, unknown: %s", seed, unknown).isEmpty();
        assertThat(unknown).as("seed %d", seed).hasSizeLessThanOrEqualTo(done / 50);
        assertThat(blocked).isGreaterThanOrEqualTo(done / 3);
        assertThat(seen.keySet()).containsExactlyInAnyOrder(Feature.values());
        assertThat(seen.values()).allMatch(count -> count >= 5);
    }

    private static List<ProbedPath> paths(boolean ipv6, Random random) {
        List<ProbedPath> all = new ArrayList<>(ipv6 ? PATHS6 : PATHS);
        while (all.size() > PATHS_PER_SET) {
            all.remove(random.nextInt(all.size()));
        }
        return all;
    }

    /// Whether a connection is made over each path, all at once.
    private List<Boolean> connect(List<ProbedPath> paths, List<TracedPath> derived) throws EngineException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            TracedPath path = derived.get(i);
            TracedPath.Destination to = Objects.requireNonNull(path.destination(), () -> path.toString());
            String address = Addresses.format(to.address());
            Protocol protocol = path.question().protocol();
            String command = protocol == null
                    ? "busybox ping -c 1 -W 1 " + address
                    : (protocol == Protocol.UDP ? UDP_CLIENT : CONNECT).formatted(address, to.port());
            String from = paths.get(i).from();
            String inside = from.equals("host") ? "" : "ip netns exec " + netns(from) + " ";
            script.append(
                    "{ %s%s >/dev/null 2>&1 && echo %d yes || echo %d no; } &\n".formatted(inside, command, i, i));
        }
        List<String> said = lab.onHost(script + "wait").lines().toList();
        List<Boolean> connected = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            assertThat(said).as(script.toString()).containsAnyOf(i + " yes", i + " no");
            connected.add(said.contains(i + " yes"));
        }
        return connected;
    }

    private String netns(String from) throws EngineException {
        if (!namespaces.containsKey(from)) {
            namespaces.put(from, from.equals("outside") ? NetnsName.OUTSIDE : namespace(from));
        }
        return namespaces.get(from);
    }

    private static String subnet(boolean ipv6) throws Exception {
        TracedPath path = explain("host", ipv6 ? "six1:80" : "web01:80", ipv6, false);
        String address =
                Addresses.format(Objects.requireNonNull(path.destination()).address());
        return lab.onHost("ip -" + (ipv6 ? 6 : 4) + " route show table main match " + address + " | grep -v default")
                .split(" ")[0];
    }
}
