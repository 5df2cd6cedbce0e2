package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.Table;
import dev.patchbay.engine.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Edits for one `iptables-restore --noflush`. A script knows how often each rule it touches must be there
/// afterwards, so that the result can be checked and taken back table by table: `iptables-restore` is atomic
/// within a table only.
///
/// A change of specs costs the edits of the objects it touches, whatever else there is.
public final class RuleScript {
    public static final RuleScript EMPTY = new RuleScript(List.of(), Map.of(), Map.of());

    private final List<Edit> edits;
    private final Map<Chain, List<String>> before;
    private final Map<Chain, List<String>> after;

    /// @param before what the chains hold that the edits are about, top down
    /// @param after what they hold when the script has run
    RuleScript(List<? extends Edit> edits, Map<Chain, List<String>> before, Map<Chain, List<String>> after) {
        this.edits = List.copyOf(edits);
        this.before = before;
        this.after = after;
    }

    /// The edits that make our rules in the kernel equal to `desired`. Chains of ours are made to hold nothing
    /// else; in other chains only what is recognised as ours is touched. Rules that are in their place are left
    /// alone, and so are their counters.
    ///
    /// @param record rules that are ours though nothing in them shows it, as those of a port that is no longer
    ///     desired
    public static RuleScript forRepair(SavedRules actual, Ruleset desired, Ruleset record) {
        return new ScriptPlanner(RuleCache.of(actual, 0)).planRepair(desired, record);
    }

    /// Docker's precaution when it is the one that switches forwarding on: what no rule lets through is
    /// dropped. Not part of a [Ruleset], since a person who chooses another policy later shall keep it.
    public static RuleScript forwardPolicyDrop(Family family, SavedRules actual) {
        Chain chain = Chain.builtIn(family, Table.FILTER, "FORWARD");
        KernelChain forward = actual.find(chain);
        String policy = forward == null ? "ACCEPT" : forward.policy();
        return policy.equals("DROP")
                ? EMPTY
                : new RuleScript(List.of(new Edit.Policy(chain, policy, "DROP")), Map.of(), Map.of());
    }

    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /// Chains that are not there where this script has to run.
    public long missingChains() {
        return count(Edit.NewChain.class);
    }

    public long missingRules() {
        return count(Edit.Insert.class);
    }

    public long surplusRules() {
        return count(Edit.Delete.class);
    }

    private long count(Class<? extends Edit> kind) {
        return edits.stream().filter(kind::isInstance).count();
    }

    /// How many rules it adds to a chain.
    long insertions(Chain chain) {
        return edits.stream()
                .filter(edit -> edit instanceof Edit.Insert && edit.chain().equals(chain))
                .count();
    }

    /// What is wrong where this script has to run: `3 rules are missing, 1 rule is too many`.
    public String summary() {
        List<String> parts = new ArrayList<>();
        if (missingChains() > 0) {
            parts.add(missingChains() == 1 ? "1 chain is gone" : missingChains() + " chains are gone");
        }
        if (missingRules() > 0) {
            parts.add(missingRules() == 1 ? "1 rule is missing" : missingRules() + " rules are missing");
        }
        if (surplusRules() > 0) {
            parts.add(surplusRules() == 1 ? "1 rule is too many" : surplusRules() + " rules are too many");
        }
        return String.join(", ", parts);
    }

    /// The script that takes this one back, counters included.
    public RuleScript inverse() {
        List<Edit> inverses = new ArrayList<>();
        for (Edit edit : edits.reversed()) {
            Edit inverse = edit.inverse();
            if (inverse != null) {
                inverses.add(inverse);
            }
        }
        return new RuleScript(inverses, after, before);
    }

    /// What `iptables-restore` reads.
    public String text() {
        StringBuilder text = new StringBuilder();
        byTable().forEach((table, lines) -> {
            text.append('*').append(table).append('\n');
            lines.forEach(edit -> text.append(edit.line()).append('\n'));
            text.append("COMMIT\n");
        });
        return text.toString();
    }

    /// The command lines that do the same by hand, one for each edit.
    public List<String> lines() {
        return edits.stream()
                .map(edit -> edit.chain().family().iptablesCommand()
                        + option(edit.chain().table())
                        + edit.command())
                .toList();
    }

    /// The part of this script that is about tables which are as it leaves them.
    RuleScript appliedPart(SavedRules actual) {
        Map<Chain, Map<String, Long>> found = counts(actual.specifications());
        Map<Chain, Map<String, Long>> expected = counts(after);
        List<Edit> done = new ArrayList<>();
        for (List<Edit> table : byTable().values()) {
            if (table.stream().allMatch(edit -> isInForce(edit, actual, found, expected))) {
                done.addAll(table);
            }
        }
        return with(done);
    }

    /// How many tables it changes; the kernel makes one transaction of each.
    int tables() {
        return byTable().size();
    }

    List<Edit> edits() {
        return edits;
    }

    /// The same expectations, other edits.
    RuleScript with(List<? extends Edit> others) {
        return new RuleScript(others, before, after);
    }

    private static boolean isInForce(
            Edit edit, SavedRules actual, Map<Chain, Map<String, Long>> found, Map<Chain, Map<String, Long>> expected) {
        return switch (edit) {
            case Edit.NewChain chain -> found.containsKey(chain.chain());
            case Edit.RemoveChain chain -> !found.containsKey(chain.chain());
            case Edit.Policy policy -> {
                KernelChain chain = actual.find(policy.chain());
                yield chain != null && chain.policy().equals(policy.to());
            }
            case Edit.Insert insert -> sameCount(insert.chain(), insert.specification(), found, expected);
            case Edit.Delete delete ->
                delete.specification() == null || sameCount(delete.chain(), delete.specification(), found, expected);
        };
    }

    private static boolean sameCount(
            Chain chain,
            String specification,
            Map<Chain, Map<String, Long>> found,
            Map<Chain, Map<String, Long>> expected) {
        return Objects.equals(
                found.getOrDefault(chain, Map.of()).get(specification),
                expected.getOrDefault(chain, Map.of()).get(specification));
    }

    /// Counts instead of whole chains, which others may have edited in the meantime.
    private static Map<Chain, Map<String, Long>> counts(Map<Chain, List<String>> chains) {
        Map<Chain, Map<String, Long>> counts = new HashMap<>();
        chains.forEach((chain, rules) ->
                counts.put(chain, rules.stream().collect(Collectors.groupingBy(rule -> rule, Collectors.counting()))));
        return counts;
    }

    private SequencedMap<String, List<Edit>> byTable() {
        SequencedMap<String, List<Edit>> result = new LinkedHashMap<>();
        edits.forEach(edit -> result.computeIfAbsent(edit.chain().table(), table -> new ArrayList<>())
                .add(edit));
        return result;
    }

    private static String option(String table) {
        return table.equals(Table.FILTER.toString()) ? " " : " -t " + table + " ";
    }
}
