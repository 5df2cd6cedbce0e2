package dev.patchbay.engine.firewall;

import dev.patchbay.engine.protocol.KernelChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Edits for one `iptables-restore --noflush`. A script knows how often each rule it touches must be there
/// afterwards, so that the result can be checked and taken back table by table: `iptables-restore` is atomic
/// within a table only.
///
/// A change of specs costs the edits of the objects it touches, whatever else there is.
public final class RuleScript {
    public static final RuleScript EMPTY = new RuleScript(List.of(), Map.of(), Map.of());

    private static final Chain FORWARD = new Chain(RuleLayout.FILTER, "FORWARD");

    private final List<Edit> edits;
    private final Map<Chain, List<String>> before;
    private final Map<Chain, List<String>> after;

    /// @param before what the touched chains held, top down; a chain that was not there is left out
    /// @param after what they hold when the script has run
    RuleScript(List<? extends Edit> edits, Map<Chain, List<String>> before, Map<Chain, List<String>> after) {
        this.edits = List.copyOf(edits);
        this.before = before;
        this.after = after;
    }

    /// The edits between two rulesets, for a kernel that holds exactly the first one: what a preview shows.
    public static RuleScript between(Ruleset before, Ruleset after) {
        return change(SavedRules.of(before), before, after);
    }

    /// The edits that do to the kernel what leads from `before` to `after`, and nothing else. Where somebody has
    /// deleted chains of ours no change could be made, so all our rules are rewritten.
    public static RuleScript change(SavedRules actual, Ruleset before, Ruleset after) {
        return new ScriptPlan(actual).change(before, after);
    }

    /// The edits that make our rules in the kernel equal to `desired`. Chains of ours are made to hold nothing
    /// else; in other chains only what is recognised as ours is touched. Rules that are in their place are left
    /// alone, and so are their counters.
    ///
    /// @param record rules that are ours though nothing in them shows it, as those of a port that is no longer
    ///     desired
    public static RuleScript rewrite(SavedRules actual, Ruleset desired, Ruleset record) {
        return new ScriptPlan(actual).rewrite(desired, record);
    }

    /// Docker's precaution when it is the one that switches forwarding on: what no rule lets through is
    /// dropped. Not part of a [Ruleset], since a person who chooses another policy later shall keep it.
    public static RuleScript forwardPolicyDrop(SavedRules actual) {
        KernelChain forward = actual.find(FORWARD);
        String policy = forward == null ? "ACCEPT" : forward.policy();
        return policy.equals("DROP")
                ? EMPTY
                : new RuleScript(List.of(new Edit.Policy(FORWARD, policy, "DROP")), Map.of(), Map.of());
    }

    public boolean isEmpty() {
        return edits.isEmpty();
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
                .map(edit -> Family.IPV4.tool() + option(edit.chain().table()) + edit.command())
                .toList();
    }

    /// The part of this script that is about tables which are as it leaves them.
    RuleScript inForce(SavedRules actual) {
        Map<Chain, List<String>> kernel = actual.specifications();
        List<Edit> done = new ArrayList<>();
        for (List<Edit> table : byTable().values()) {
            if (table.stream().allMatch(edit -> isInForce(edit, actual, kernel))) {
                done.addAll(table);
            }
        }
        return new RuleScript(done, before, after);
    }

    int size() {
        return edits.size();
    }

    private boolean isInForce(Edit edit, SavedRules actual, Map<Chain, List<String>> kernel) {
        return switch (edit) {
            case Edit.NewChain chain -> kernel.containsKey(chain.chain());
            case Edit.RemoveChain chain -> !kernel.containsKey(chain.chain());
            case Edit.Policy policy -> {
                KernelChain chain = actual.find(policy.chain());
                yield chain != null && chain.policy().equals(policy.to());
            }
            case Edit.Insert insert -> isInForce(insert.chain(), insert.specification(), kernel);
            case Edit.Delete delete -> isInForce(delete.chain(), delete.specification(), kernel);
        };
    }

    /// Counts instead of comparing whole chains, which others may have edited in the meantime.
    private boolean isInForce(Chain chain, @Nullable String specification, Map<Chain, List<String>> kernel) {
        return specification == null
                || Collections.frequency(kernel.getOrDefault(chain, List.of()), specification)
                        == Collections.frequency(after.getOrDefault(chain, List.of()), specification);
    }

    private SequencedMap<String, List<Edit>> byTable() {
        SequencedMap<String, List<Edit>> result = new LinkedHashMap<>();
        edits.forEach(edit -> result.computeIfAbsent(edit.chain().table(), table -> new ArrayList<>())
                .add(edit));
        return result;
    }

    private static String option(String table) {
        return table.equals(RuleLayout.FILTER) ? " " : " -t " + table + " ";
    }
}
