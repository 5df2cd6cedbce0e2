package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Edits of the rules of one family, in the order in which they are made. A value: it holds no more than was asked
/// for, and [#inverse] needs nothing else. Its texts are those of iptables.
///
/// @param edits those of one table one after the other: `iptables-restore` is atomic within a table only
public record RuleScript(List<Edit> edits) {
    public static final RuleScript EMPTY = new RuleScript(List.of());

    public RuleScript {
        edits = List.copyOf(edits);
    }

    /// Docker's precaution when it is the one that switches forwarding on: what no rule lets through is
    /// dropped. Not part of a [Ruleset], since a person who chooses another policy later shall keep it.
    public static RuleScript forwardPolicyDrop(Family family, SavedRules actual) {
        Chain chain = Chain.builtIn(family, Table.FILTER, "FORWARD");
        KernelChain forward = actual.find(chain);
        String policy = forward == null ? "ACCEPT" : forward.policy();
        return policy.equals("DROP") ? EMPTY : new RuleScript(List.of(new Edit.Policy(chain, policy, "DROP")));
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
        return new RuleScript(inverses);
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

    /// How many tables it changes; the kernel makes one transaction of each.
    int tables() {
        return byTable().size();
    }

    SequencedMap<String, List<Edit>> byTable() {
        SequencedMap<String, List<Edit>> result = new LinkedHashMap<>();
        edits.forEach(edit -> result.computeIfAbsent(edit.chain().table(), table -> new ArrayList<>())
                .add(edit));
        return result;
    }

    private static String option(String table) {
        return table.equals(Table.FILTER.toString()) ? " " : " -t " + table + " ";
    }
}
