package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NewRule;
import dev.patchbay.engine.netfilter.NewRuleEvents;
import dev.patchbay.engine.rule.Chain;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which handles the kernel gave to rules that were just written.
final class RuleHandles {
    private static final System.Logger LOG = System.getLogger(RuleHandles.class.getName());

    private RuleHandles() {}

    /// What the kernel told of new rules in the chains that were written to.
    ///
    /// @param written the chain of each rule, in the order of writing
    /// @return one for each; null when it told of others there
    static @Nullable List<NewRule> of(List<Chain> written, Family family, NewRuleEvents news) {
        Set<Chain> chains = Set.copyOf(written);
        try {
            List<NewRule> made = news.drain(family).stream()
                    .filter(rule -> chains.contains(chain(family, rule)))
                    .toList();
            List<Chain> told = made.stream().map(rule -> chain(family, rule)).toList();
            return told.equals(written) ? made : null;
        } catch (EngineException e) {
            // Too many to keep: they are asked for when they are needed.
            LOG.log(System.Logger.Level.DEBUG, "the handles of new rules are not known", e);
            return null;
        }
    }

    private static Chain chain(Family family, NewRule rule) {
        return new Chain(family, rule.table(), rule.chain());
    }
}
