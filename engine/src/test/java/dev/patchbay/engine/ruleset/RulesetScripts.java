package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleCache;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import java.util.ArrayList;
import java.util.List;

/// Scripts that lead from one whole ruleset to another.
public final class RulesetScripts {
    private RulesetScripts() {}

    /// The edits that do to the kernel as it is what leads from `before` to `after`.
    public static RuleScript plan(Firewall kernel, Ruleset before, Ruleset after) throws EngineException {
        return before.equals(after) ? RuleScript.EMPTY : plan(kernel.read(), before, after);
    }

    /// As [#plan], for a kernel that holds exactly the first ruleset.
    public static RuleScript between(Ruleset before, Ruleset after) {
        return plan(saved(before), before, after);
    }

    public static RuleScript plan(SavedRules actual, Ruleset before, Ruleset after) {
        return new RuleScriptPlanner(RuleCache.of(actual, 0)).planChange(before, after);
    }

    /// A kernel that holds these rules and no others, all counters at zero.
    public static SavedRules saved(Ruleset ruleset) {
        List<KernelChain> chains = new ArrayList<>();
        ruleset.chains()
                .forEach(chain -> chains.add(new KernelChain(chain.family(), chain.table(), chain.name(), "-", 0, 0)));
        List<KernelRule> rules = new ArrayList<>();
        ruleset.byChain().forEach((chain, ours) -> {
            int number = 0;
            for (Rule rule : ours) {
                number++;
                rules.add(new KernelRule(
                        chain.family(), chain.table(), chain.name(), number, 0, 0, rule.specification()));
            }
        });
        return new SavedRules(chains, rules);
    }
}
