package dev.patchbay.engine.firewall;

import dev.patchbay.engine.protocol.KernelRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Finds the edits of a [RuleScript] from what the kernel holds now.
final class ScriptPlan {
    /// Isolation comes before the rules that let something in.
    private static final List<String> TABLES = List.of(RuleLayout.RAW, RuleLayout.FILTER, RuleLayout.NAT);

    private final SavedRules actual;
    private final Map<Chain, List<KernelRule>> kernel;
    private final List<Edit> edits = new ArrayList<>();
    private final Map<Chain, List<String>> before = new HashMap<>();
    private final Map<Chain, List<String>> after = new HashMap<>();

    ScriptPlan(SavedRules actual) {
        this.actual = actual;
        this.kernel = actual.byChain();
    }

    RuleScript change(Ruleset from, Ruleset to) {
        if (!kernel.keySet().containsAll(from.chains())) {
            return rewrite(to, from);
        }
        Set<Rule> old = new HashSet<>(from.rules());
        Set<Rule> wanted = new HashSet<>(to.rules());
        Map<Chain, List<Rule>> gone = from.byChain();
        gone.values().forEach(rules -> rules.removeIf(wanted::contains));
        return plan(from, to, (plan, desired) -> {
            gone.getOrDefault(plan.chain(), List.of()).forEach(plan::delete);
            plan.insert(desired, rule -> !old.contains(rule));
        });
    }

    RuleScript rewrite(Ruleset desired, Ruleset record) {
        OwnRules own = new OwnRules(desired, record);
        return plan(record, desired, (plan, rules) -> {
            plan.deleteUnlessInOrder(rules, specification -> own.recognises(plan.chain(), specification));
            plan.insert(rules, rule -> true);
        });
    }

    private RuleScript plan(Ruleset from, Ruleset to, BiConsumer<ChainPlan, List<Rule>> step) {
        Map<Chain, List<Rule>> desired = to.byChain();
        for (String table : TABLES) {
            Set<Chain> chains = new LinkedHashSet<>(to.chains());
            chains.addAll(desired.keySet());
            chains.addAll(actual.builtIn());
            Set<Chain> unwanted = new LinkedHashSet<>(from.chains());
            unwanted.retainAll(kernel.keySet());
            unwanted.removeAll(to.chains());
            List<Edit> removals = new ArrayList<>();
            List<Edit> rules = new ArrayList<>();
            for (Chain chain : chains) {
                if (chain.table().equals(table)) {
                    if (to.chains().contains(chain) && !kernel.containsKey(chain)) {
                        edits.add(new Edit.NewChain(chain));
                    }
                    ChainPlan plan = new ChainPlan(chain, kernel.getOrDefault(chain, List.of()), rules);
                    step.accept(plan, desired.getOrDefault(chain, List.of()));
                    note(chain, plan);
                }
            }
            for (Chain chain : unwanted) {
                if (chain.table().equals(table)) {
                    ChainPlan plan = new ChainPlan(chain, kernel.getOrDefault(chain, List.of()), rules);
                    step.accept(plan, List.of());
                    note(chain, plan);
                    // What a person has put in there stays theirs.
                    if (plan.specifications().isEmpty()) {
                        removals.add(new Edit.RemoveChain(chain));
                        after.remove(chain);
                    }
                }
            }
            edits.addAll(rules);
            edits.addAll(removals);
        }
        return edits.isEmpty() ? RuleScript.EMPTY : new RuleScript(edits, before, after);
    }

    private void note(Chain chain, ChainPlan plan) {
        if (kernel.containsKey(chain)) {
            before.put(
                    chain,
                    kernel.getOrDefault(chain, List.of()).stream()
                            .map(KernelRule::specification)
                            .toList());
        }
        after.put(chain, plan.specifications());
    }
}
