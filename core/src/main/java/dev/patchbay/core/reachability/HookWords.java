package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.Verdict;
import dev.patchbay.engine.kernel.KernelRule;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Hooks and what they do, in a few words.
final class HookWords {
    private HookWords() {}

    /// `FORWARD → pb-78553fab25ef`, `INPUT from pb-78553fab25ef`, `raw PREROUTING`.
    static Phrase title(String table, String hook, Packet packet) {
        String name = table.equals("filter") ? hook : table + " " + hook;
        return switch (hook) {
            case "FORWARD", "OUTPUT", "POSTROUTING" ->
                Phrase.verbatim(packet.out().isEmpty() ? name : name + " → " + packet.out());
            default -> packet.in().isEmpty() ? Phrase.verbatim(name) : Phrase.of("hook.from", name, packet.in());
        };
    }

    /// `accepted, rule 2 of PATCHBAY`.
    static Phrase detail(Verdict verdict, String hook) {
        Phrase fate = switch (verdict.kind()) {
            case ACCEPTED -> Phrase.of("hook.accepted");
            case DROPPED -> Phrase.of("hook.dropped");
            case REJECTED -> Phrase.of("hook.rejected");
            case TRANSLATED -> Phrase.of("hook.translated");
            case DISGUISED, MASQUERADED -> Phrase.of("hook.masqueraded");
            case UNKNOWN -> Phrase.of("unknown");
        };
        KernelRule rule = verdict.decider();
        if (rule == null) {
            return switch (verdict.kind()) {
                case UNKNOWN -> fate;
                case ACCEPTED -> Phrase.of("hook.policy", fate, hook);
                case DROPPED, REJECTED, TRANSLATED, DISGUISED, MASQUERADED -> Phrase.of("hook.noRule", fate, hook);
            };
        }
        return Phrase.of("hook.byRule", fate, place(rule));
    }

    static Phrase place(KernelRule rule) {
        return Phrase.of("hook.rule", rule.number(), rule.chain());
    }

    /// The chains that a packet went through, `PREROUTING → PATCHBAY`.
    static String chains(String hook, Verdict verdict) {
        SequencedSet<String> chains = new LinkedHashSet<>();
        chains.add(hook);
        verdict.met().forEach(rule -> chains.add(rule.chain()));
        return String.join(" → ", chains);
    }

    /// `128 packets`.
    static Phrase packets(KernelRule rule) {
        return rule.packets() == 1 ? Phrase.of("hook.packet") : Phrase.of("hook.packets", rule.packets());
    }
}
