package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.ruleset.Rule;
import dev.patchbay.engine.ruleset.RuleOwnership;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.testing.Shell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The rules of the test's own kernel, read and written by hand, with those of others among them.
public final class ForeignRules {
    /// Rules of others: those Docker has, some for a bridge of ours, and a comment with a command in it.
    private static final List<List<String>> FOREIGN = List.of(
            List.of("filter", "-N", "DOCKER"),
            List.of("filter", "-N", "DOCKER-USER"),
            List.of("filter", "-A", "FORWARD", "-j", "DOCKER-USER"),
            List.of("filter", "-A", "FORWARD", "-o", "docker0", "-j", "DOCKER"),
            List.of("filter", "-A", "FORWARD", "-i", "docker0", "-o", "docker0", "-j", "ACCEPT"),
            List.of("filter", "-A", "FORWARD", "-i", "pb-000000000001", "-o", "eth9", "-j", "DROP"),
            List.of("filter", "-A", "DOCKER-USER", "-m", "comment", "--comment", "a\nCOMMIT", "-j", "RETURN"),
            List.of("nat", "-N", "DOCKER"),
            List.of("nat", "-A", "PREROUTING", "-m", "addrtype", "--dst-type", "LOCAL", "-j", "DOCKER"),
            List.of("nat", "-A", "POSTROUTING", "-s", "172.17.0.0/16", "!", "-o", "docker0", "-j", "MASQUERADE"),
            List.of("nat", "-A", "POSTROUTING", "-s", "10.0.0.0/8", "-j", "RETURN"),
            List.of("raw", "-A", "PREROUTING", "-i", "eth9", "-p", "udp", "-j", "NOTRACK"));

    private final Firewall firewall;

    public ForeignRules(Firewall firewall) {
        this.firewall = firewall;
    }

    public void addForeign() throws Exception {
        for (List<String> rule : FOREIGN) {
            table(rule.getFirst(), rule.subList(1, rule.size()).toArray(String[]::new));
        }
    }

    public void flush() throws Exception {
        for (String table : List.of("filter", "nat", "raw")) {
            table(table, "-F");
            table(table, "-X");
        }
        table("filter", "-P", "FORWARD", "ACCEPT");
    }

    public Map<Chain, List<Rule>> ours(Ruleset like) throws EngineException {
        RuleOwnership own = new RuleOwnership(like, Ruleset.EMPTY);
        Map<String, Rule> known = like.rules().stream()
                .collect(Collectors.toMap(rule -> rule.chain() + rule.specification(), rule -> rule));
        Map<Chain, List<Rule>> ours = new HashMap<>();
        for (KernelRule rule : firewall.read().rules()) {
            Chain chain = new Chain(rule.family(), rule.table(), rule.chain());
            boolean user = chain.isUsers();
            if (user || own.isOwn(chain, rule.specification())) {
                Rule stray = new Rule(chain, RuleSpec.match().in("stray0").drop(), Rule.Placement.TAIL);
                List<Rule> rules = ours.computeIfAbsent(chain, _ -> new ArrayList<>());
                Rule found = known.getOrDefault(chain + rule.specification(), stray);
                // In there, a second rule like ours is the person's.
                if (!user || !rules.contains(found)) {
                    rules.add(found);
                }
            }
        }
        return ours;
    }

    /// All that is not ours, in its order.
    public List<String> foreign() throws Exception {
        return saved().replace("no\nbody", "nobody")
                .lines()
                .filter(line -> !line.contains("PATCHBAY")
                        && !line.matches(".*(-i|-o) (pb-\\S+|patchbay0) (?!-o eth9).*")
                        && !line.matches(".*-s (\\S+) -d \\1 .*")
                        && !line.matches("-A PREROUTING -d 127\\.0\\.0\\.1/32 ! -i lo .*"))
                .toList();
    }

    long packets(String specification) throws EngineException {
        return firewall.read().rules().stream()
                .filter(rule -> rule.chain().equals("PATCHBAY-FORWARD"))
                .filter(rule -> rule.specification().equals(specification))
                .findFirst()
                .orElseThrow()
                .packets();
    }

    public static String saved() throws Exception {
        return Shell.run("iptables-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    public static void table(String table, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("iptables", "-t", table));
        command.addAll(List.of(options));
        Shell.run(command.toArray(String[]::new));
    }

    /// A ruleset for each of several actions, the first without any network.
    static List<Ruleset> growing(SpecSketch sketch) {
        List<Ruleset> rulesets = new ArrayList<>(List.of(sketch.rules()));
        NetworkSpec first = sketch.defaultNetwork("172.18.0.0/16");
        rulesets.add(sketch.rules());
        NetworkSpec second = sketch.network("172.19.0.0/16", "noicc");
        rulesets.add(sketch.rules());
        EndpointSpec one = sketch.sandboxOn(first, "172.18.0.2/16");
        sketch.port(one, "8080:80/tcp");
        sketch.port(one, "127.0.0.1:8081:80/tcp");
        rulesets.add(sketch.rules());
        sketch.port(sketch.sandboxOn(second, "172.19.0.2/16"), "53:53/udp");
        sketch.network("172.20.0.0/16", "internal");
        rulesets.add(sketch.rules());
        return rulesets;
    }
}
