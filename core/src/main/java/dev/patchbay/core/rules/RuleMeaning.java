package dev.patchbay.core.rules;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelRule;
import org.jspecify.annotations.Nullable;

/// The meaning of a rule.
///
/// @param network the network of the rule; null for none or for all
/// @param container the container of the rule; null for none or for all
/// @param binding the published port of the rule; null for none
/// @param subject the same for a person: `web01 80/tcp`, `mydockernet`; empty for none
/// @param sentence what it does to which packets, and why it exists
public record RuleMeaning(
        RuleOwner owner,
        @Nullable Id network,
        @Nullable Id container,
        @Nullable Id binding,
        String subject,
        Message sentence) {

    public static RuleMeaning of(KernelRule rule, Topology topology) {
        ParsedRule facts = ParsedRule.of(rule);
        RuleSubject subject = RuleSubject.of(facts, topology);
        return of(facts, subject, owner(facts, subject));
    }

    static RuleMeaning of(ParsedRule facts, Topology topology, RuleOwner owner) {
        return of(facts, RuleSubject.of(facts, topology), owner);
    }

    private static RuleMeaning of(ParsedRule facts, RuleSubject subject, RuleOwner owner) {
        return new RuleMeaning(
                owner,
                subject.network() == null ? null : subject.network().id(),
                subject.container() == null ? null : subject.container().id(),
                subject.binding() == null ? null : subject.binding().id(),
                subject.text(),
                RuleSentence.of(facts, subject, owner));
    }

    /// The owner is determined by the chain, then by the target chain, then by the bridge, then by an address of a
    /// network. Docker's bridges may have any name, and its rules stand in built-in chains too; Podman's do not.
    private static RuleOwner owner(ParsedRule facts, RuleSubject subject) {
        RuleOwner byChain = RuleOwner.ofChain(facts.chain());
        if (byChain != RuleOwner.OTHER) {
            return byChain;
        }
        RuleOwner byTarget = RuleOwner.ofChain(facts.target());
        if (byTarget != RuleOwner.OTHER) {
            return byTarget;
        }
        RuleOwner byLink = RuleOwner.ofLink(facts.mainLink());
        if (byLink.isEngine() && facts.drops() && !facts.isNeighboursDrop() && !facts.isDirectAccessDrop()) {
            // A person's own: these are the two that Docker makes outside of its chains.
            return RuleOwner.OTHER;
        }
        if (byLink != RuleOwner.OTHER) {
            return byLink;
        }
        if (!subject.isKnown() || !(facts.isAddressTranslation() || facts.isDirectAccessDrop())) {
            return RuleOwner.OTHER;
        }
        Network network = subject.network();
        RuleOwner byCarrier = RuleOwner.ofLink(network == null ? "" : network.bridge());
        if (byCarrier != RuleOwner.OTHER) {
            return byCarrier;
        }
        if (network != null && network.ofEngine()) {
            return RuleOwner.DOCKER;
        }
        return facts.isAddressTranslation() ? RuleOwner.PATCHBAY : RuleOwner.OTHER;
    }
}
