package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Edit;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleCache;
import dev.patchbay.engine.firewall.RuleCache.CachedRule;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.Table;
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
public final class RuleScriptPlanner {
    private final RuleCache kernel;
    private final List<Edit> edits = new ArrayList<>();

    RuleScriptPlanner(RuleCache kernel) {
        this.kernel = kernel;
    }

    /// The edits that make a change in the kernel as it is, at the cost of what it is about. What is there already is
    /// not added again and what is gone already is not removed, so a half-made change can be planned once more.
    public static RuleScript planChange(Firewall kernel, Family family, RuleChange change) throws EngineException {
        Ruleset from = change.from(family);
        Ruleset to = change.to(family);
        if (from.equals(to)) {
            return RuleScript.EMPTY;
        }
        RuleScriptPlanner planner = new RuleScriptPlanner(kernel.rules());
        return planner.hasOwnChains(from)
                ? planner.planChange(from, to)
                : planner.planRepair(Ruleset.of(family, change.after()), Ruleset.of(family, change.before()));
    }

    /// The edits that make all our rules in the kernel equal to `desired` again, whatever became of them; empty
    /// when they are. Chains of ours are made to hold nothing else; in other chains only what is recognised as ours
    /// is touched. Rules that are in their place are left alone, and so are their counters, and tables that cannot
    /// be read.
    ///
    /// @param record rules that are ours though nothing in them shows it, as those of a port that is no longer
    ///     desired
    public static RuleScript planRepair(SavedRules kernel, Ruleset desired, Ruleset record) {
        return new RuleScriptPlanner(RuleCache.of(kernel, 0))
                .planRepair(desired.without(kernel.unreadableTables()), record.without(kernel.unreadableTables()));
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

    private RuleScript planRepair(Ruleset desired, Ruleset record) {
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
        return new RuleScript(edits);
    }
}
