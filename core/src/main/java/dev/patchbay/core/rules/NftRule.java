package dev.patchbay.core.rules;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.stream.Stream;

/// A rule of a table that iptables does not show.
///
/// @param number its position in the chain, from 1
/// @param text as nft prints it, as `iifname "lo" accept`
public record NftRule(KernelTable table, String chain, int number, String text) {
    /// Its meaning. The conventions of its owner are not known, so the sentence describes the rule
    /// itself.
    public RuleMeaning meaning(Topology topology) {
        ParsedRule facts = NftRuleParser.of(this);
        return RuleMeaning.of(facts, topology, owner(facts));
    }

    /// The table decides first; tables of ebtables are shared by all programs, as those of iptables are.
    private RuleOwner owner(ParsedRule facts) {
        return Stream.of(RuleOwner.ofTable(table.name()), RuleOwner.ofChain(chain), RuleOwner.ofChain(facts.target()))
                .filter(owner -> owner != RuleOwner.OTHER)
                .findFirst()
                .orElse(RuleOwner.OTHER);
    }
}
