package dev.patchbay.core.reachability;

import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.Verdict;
import dev.patchbay.engine.protocol.KernelRule;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Hooks and what they do, in a few words.
final class HookWords {
    private HookWords() {}

    /// `FORWARD → pb-78553fab25ef`, `INPUT from pb-78553fab25ef`, `raw PREROUTING`.
    static String title(String table, String hook, Packet packet) {
        String name = table.equals("filter") ? hook : table + " " + hook;
        return switch (hook) {
            case "FORWARD", "OUTPUT", "POSTROUTING" -> packet.out().isEmpty() ? name : name + " → " + packet.out();
            default -> packet.in().isEmpty() ? name : name + " from " + packet.in();
        };
    }

    /// `accepted, rule 2 of PATCHBAY`.
    static String detail(Verdict verdict, String hook) {
        String fate = switch (verdict.kind()) {
            case ACCEPTED -> "accepted";
            case DROPPED -> "dropped";
            case REJECTED -> "refused";
            case TRANSLATED -> "translated";
            case DISGUISED, MASQUERADED -> "masqueraded";
            case UNKNOWN -> "unknown";
        };
        KernelRule rule = verdict.decider();
        if (rule == null) {
            return switch (verdict.kind()) {
                case UNKNOWN -> fate;
                case ACCEPTED -> fate + ", policy of " + hook;
                case DROPPED, REJECTED, TRANSLATED, DISGUISED, MASQUERADED ->
                    fate + ", no rule of " + hook + " lets it pass";
            };
        }
        return fate + ", " + place(rule);
    }

    static String place(KernelRule rule) {
        return "rule " + rule.number() + " of " + rule.chain();
    }

    /// The chains that a packet went through, `PREROUTING → PATCHBAY`.
    static String chains(String hook, Verdict verdict) {
        SequencedSet<String> chains = new LinkedHashSet<>();
        chains.add(hook);
        verdict.met().forEach(rule -> chains.add(rule.chain()));
        return String.join(" → ", chains);
    }

    /// `128 packets`.
    static String packets(KernelRule rule) {
        return rule.packets() == 1 ? "1 packet" : rule.packets() + " packets";
    }
}
