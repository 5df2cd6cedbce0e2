package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.BaseChain;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.KernelRule;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Short descriptions of hooks and their verdicts.
final class HookText {
    private HookText() {}

    /// `FORWARD → pb-78553fab25ef`, `INPUT from pb-78553fab25ef`, `raw PREROUTING`, `inet netavark FORWARD`.
    static Message title(BaseChain chain, Packet packet) {
        String name = chain.table().equals("filter") ? chain.name() : chain.fullName();
        return switch (chain.hook()) {
            case FORWARD, OUTPUT, POSTROUTING ->
                Message.verbatim(packet.out().isEmpty() ? name : name + " → " + packet.out());
            case PREROUTING, INPUT ->
                packet.in().isEmpty() ? Message.verbatim(name) : Message.of("hook.from", name, packet.in());
        };
    }

    /// `accepted, rule 2 of PATCHBAY`.
    static Message detail(HookVerdict verdict) {
        Message verdictText = switch (verdict.kind()) {
            case ACCEPTED -> Message.of("hook.accepted");
            case DROPPED -> Message.of("hook.dropped");
            case REJECTED -> Message.of("hook.rejected");
            case DNAT, REDIRECTED -> Message.of("hook.translated");
            case SNAT, MASQUERADED -> Message.of("hook.masqueraded");
            case UNKNOWN -> Message.of("unknown");
        };
        FirewallRule rule = verdict.decidingRule();
        if (rule == null) {
            String hook = verdict.chain().name();
            return switch (verdict.kind()) {
                case UNKNOWN -> verdictText;
                case ACCEPTED -> Message.of("hook.policy", verdictText, hook);
                case DROPPED, REJECTED, DNAT, REDIRECTED, SNAT, MASQUERADED ->
                    Message.of("hook.noRule", verdictText, hook);
            };
        }
        return Message.of("hook.byRule", verdictText, ruleText(rule));
    }

    static Message ruleText(FirewallRule rule) {
        return Message.of("hook.rule", rule.number(), rule.chain());
    }

    /// The chains of a packet, `nat PREROUTING → PATCHBAY`.
    static String chains(HookVerdict verdict) {
        SequencedSet<String> chains = new LinkedHashSet<>();
        chains.add(verdict.chain().name());
        verdict.matchedRules().forEach(rule -> chains.add(rule.chain()));
        return verdict.chain().table() + " " + String.join(" → ", chains);
    }

    /// `rule 4, 128 packets`; rules of nft need no counter.
    static Message translationRule(FirewallRule rule) {
        return switch (rule) {
            case FirewallRule.OfIptables(KernelRule counted) ->
                Message.of("dnat.rule", counted.number(), packetCount(counted));
            case FirewallRule.OfNft nft -> ruleText(nft);
        };
    }

    private static Message packetCount(KernelRule rule) {
        return rule.packets() == 1 ? Message.of("hook.packet") : Message.of("hook.packets", rule.packets());
    }
}
