package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleSpec;

/// A rule that must exist.
public record Rule(Chain chain, RuleSpec spec, Placement placement) {
    /// The position of a rule in its chain.
    public enum Placement {
        /// Before the rules of others, in reverse order of creation: rules of networks.
        HEAD,
        /// After the rules of others, in the order of creation: rules of ports.
        TAIL
    }

    static Rule head(Chain chain, RuleSpec spec) {
        return new Rule(chain, spec, Placement.HEAD);
    }

    static Rule head(Family family, OwnChain chain, RuleSpec spec) {
        return head(chain.in(family), spec);
    }

    static Rule tail(Chain chain, RuleSpec spec) {
        return new Rule(chain, spec, Placement.TAIL);
    }

    static Rule tail(Family family, OwnChain chain, RuleSpec spec) {
        return tail(chain.in(family), spec);
    }

    /// As `iptables-save` prints it, for the comparison with the kernel.
    public String specification() {
        return spec.text();
    }
}
