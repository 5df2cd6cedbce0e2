package dev.patchbay.core.rules;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.stream.Stream;

/// A rule of a table that iptables does not show.
///
/// @param number its place in the chain, from 1
/// @param text as nft prints it, as `iifname "lo" accept`
public record NftRule(KernelTable table, String chain, int number, String text) {
    /// What it is for. Nothing is known of the habits of whoever made it, so the sentence reads it out.
    public RuleMeaning meaning(Topology topology) {
        ParsedRule facts = NftRuleParser.of(this);
        return RuleMeaning.of(facts, topology, owner(facts));
    }

    /// The table tells first; ebtables has tables for all, as iptables has.
    private RuleOwner owner(ParsedRule facts) {
        return Stream.of(RuleOwner.ofTable(table.name()), RuleOwner.ofChain(chain), RuleOwner.ofChain(facts.target()))
                .filter(owner -> owner != RuleOwner.OTHER)
                .findFirst()
                .orElse(RuleOwner.OTHER);
    }
}
