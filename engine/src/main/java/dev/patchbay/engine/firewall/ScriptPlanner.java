package dev.patchbay.engine.firewall;

import dev.patchbay.engine.firewall.RuleCache.CachedRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.Table;
import dev.patchbay.engine.ruleset.LegacyLayout;
import dev.patchbay.engine.ruleset.Rule;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.RuleOwnership;
import dev.patchbay.engine.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Finds the edits of a [RuleScript] from what the kernel holds now.
final class ScriptPlanner {
    private final RuleCache kernel;
    private final List<Edit> edits = new ArrayList<>();
    private final Map<Chain, List<String>> before = new HashMap<>();
    private final Map<Chain, List<String>> after = new HashMap<>();

    ScriptPlanner(RuleCache kernel) {
        this.kernel = kernel;
    }

    RuleScript planChange(Family family, RuleChange change) {
        Ruleset from = change.from(family);
        return hasOwnChains(from)
                ? planChange(from, change.to(family))
                : planRepair(Ruleset.of(family, change.after()), Ruleset.of(family, change.before()));
    }

    /// The edits that do to the kernel what leads from `from` to `to`, and nothing else. Where somebody has deleted
    /// chains of ours no change could be made, so all our rules are rewritten.
    RuleScript planChange(Ruleset from, Ruleset to) {
        if (!hasOwnChains(from)) {
            return planRepair(to, from);
        }
        Map<Chain, List<Rule>> old = from.byChain();
        return plan(from, to, (plan, desired) -> {
            List<Rule> former = old.getOrDefault(plan.chain(), List.of());
            if (!former.equals(desired)) {
                Set<Rule> kept = new HashSet<>(LongestOrderedSubsequence.find(former, desired));
                former.stream().filter(rule -> !kept.contains(rule)).forEach(plan::delete);
                plan.insert(desired, rule -> !kept.contains(rule));
            }
        });
    }

    private boolean hasOwnChains(Ruleset rules) {
        return rules.chains().stream().allMatch(kernel::hasChain);
    }

    RuleScript planRepair(Ruleset desired, Ruleset record) {
        RuleOwnership own = new RuleOwnership(desired, record);
        // Without a record there still may be some: drafts after a crash, and all of them where records were lost.
        List<Chain> chains = Stream.concat(record.chains().stream(), kernel.ownChains().stream())
                .distinct()
                .toList();
        return plan(new Ruleset(chains, record.rules()), desired, (plan, rules) -> {
            plan.deleteUnlessInOrder(rules, specification -> own.isOwn(plan.chain(), specification));
            plan.insert(rules, rule -> true);
        });
    }

    /// Rules keep their counters when they come to a chain of their own.
    private Map<String, CachedRule> former(Chain chain) {
        Map<String, CachedRule> rules = new HashMap<>();
        Chain place = LegacyLayout.placeOf(chain);
        if (!place.equals(chain)) {
            kernel.rulesOf(place).forEach(rule -> rules.putIfAbsent(rule.specification(), rule));
        }
        return rules;
    }

    private RuleScript plan(Ruleset from, Ruleset to, BiConsumer<ChainEditor, List<Rule>> step) {
        Map<Chain, List<Rule>> desired = to.byChain();
        Set<Chain> unwanted = new LinkedHashSet<>(from.chains());
        unwanted.removeIf(chain -> !kernel.hasChain(chain));
        unwanted.removeAll(to.chains());
        Set<Chain> chains = new LinkedHashSet<>(to.chains());
        chains.addAll(kernel.builtIn());
        chains.addAll(desired.keySet());
        from.rules().forEach(rule -> chains.add(rule.chain()));
        chains.addAll(unwanted);
        for (Table table : Table.values()) {
            List<Edit> newChains = new ArrayList<>();
            List<Edit> rules = new ArrayList<>();
            List<Edit> removedChains = new ArrayList<>();
            for (Chain chain : chains) {
                if (!chain.table().equals(table.toString())) {
                    continue;
                }
                if (to.chains().contains(chain) && !kernel.hasChain(chain)) {
                    newChains.add(new Edit.NewChain(chain));
                }
                ChainEditor plan = new ChainEditor(chain, kernel.rulesOf(chain), former(chain), rules);
                step.accept(plan, desired.getOrDefault(chain, List.of()));
                if (plan.isEdited()) {
                    before.put(chain, plan.originalSpecifications());
                    after.put(chain, plan.specifications());
                }
                // What a person has put into a chain stays, and so does the chain.
                if (unwanted.contains(chain) && plan.isEmpty()) {
                    removedChains.add(new Edit.RemoveChain(chain));
                }
            }
            // A chain exists before a rule leads to it, and as long as one does.
            edits.addAll(newChains);
            edits.addAll(rules);
            edits.addAll(removedChains);
        }
        return edits.isEmpty() ? RuleScript.EMPTY : new RuleScript(edits, before, after);
    }
}
