package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.engine.kernel.KernelRule;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Short descriptions of hooks and their verdicts.
final class HookText {
    private HookText() {}

    /// `FORWARD → pb-78553fab25ef`, `INPUT from pb-78553fab25ef`, `raw PREROUTING`.
    static Message title(String table, String hook, Packet packet) {
        String name = table.equals("filter") ? hook : table + " " + hook;
        return switch (hook) {
            case "FORWARD", "OUTPUT", "POSTROUTING" ->
                Message.verbatim(packet.out().isEmpty() ? name : name + " → " + packet.out());
            default -> packet.in().isEmpty() ? Message.verbatim(name) : Message.of("hook.from", name, packet.in());
        };
    }

    /// `accepted, rule 2 of PATCHBAY`.
    static Message detail(HookVerdict verdict, String hook) {
        Message verdictText = switch (verdict.kind()) {
            case ACCEPTED -> Message.of("hook.accepted");
            case DROPPED -> Message.of("hook.dropped");
            case REJECTED -> Message.of("hook.rejected");
            case DNAT -> Message.of("hook.translated");
            case SNAT, MASQUERADED -> Message.of("hook.masqueraded");
            case UNKNOWN -> Message.of("unknown");
        };
        KernelRule rule = verdict.decidingRule();
        if (rule == null) {
            return switch (verdict.kind()) {
                case UNKNOWN -> verdictText;
                case ACCEPTED -> Message.of("hook.policy", verdictText, hook);
                case DROPPED, REJECTED, DNAT, SNAT, MASQUERADED -> Message.of("hook.noRule", verdictText, hook);
            };
        }
        return Message.of("hook.byRule", verdictText, ruleText(rule));
    }

    static Message ruleText(KernelRule rule) {
        return Message.of("hook.rule", rule.number(), rule.chain());
    }

    /// The chains of a packet, `PREROUTING → PATCHBAY`.
    static String chains(String hook, HookVerdict verdict) {
        SequencedSet<String> chains = new LinkedHashSet<>();
        chains.add(hook);
        verdict.matchedRules().forEach(rule -> chains.add(rule.chain()));
        return String.join(" → ", chains);
    }

    /// `128 packets`.
    static Message packetCount(KernelRule rule) {
        return rule.packets() == 1 ? Message.of("hook.packet") : Message.of("hook.packets", rule.packets());
    }
}
