package dev.patchbay.core.rules;

import dev.patchbay.core.model.Message;

/// Describes a rule of unknown form, condition by condition.
final class GenericRuleSentence {
    private final ParsedRule rule;
    private final RuleColumns columns;

    private GenericRuleSentence(ParsedRule facts) {
        this.rule = facts;
        this.columns = facts.columns();
    }

    /// @param packet the kind of packet
    static Message of(ParsedRule facts, Message packet) {
        return new GenericRuleSentence(facts).sentence(packet);
    }

    private Message sentence(Message packet) {
        Message whole = rule.established() ? Message.of("read.connected", packet) : anyPacket(packet);
        whole = to(from(whole));
        boolean travels = !rule.in().isAny() || !rule.out().isAny();
        if (travels) {
            whole = links(whole);
        }
        if (!columns.match().isEmpty()) {
            whole = Message.of("read.match", whole, columns.match());
        }
        return travels ? Message.of("read.clauseFate", whole, verdict()) : Message.of("read.fate", whole, verdict());
    }

    /// ICMP, ESP and AH need another article.
    private Message anyPacket(Message packet) {
        boolean vowel =
                !rule.protocol().isEmpty() && "aeio".indexOf(rule.protocol().charAt(0)) >= 0;
        return vowel ? Message.of("read.anyAfterVowel", packet) : Message.of("read.any", packet);
    }

    private Message from(Message packet) {
        if (rule.source().isAny()) {
            return packet;
        }
        return rule.source().isNegated()
                ? Message.of("read.notFrom", packet, withoutNegation(columns.source()))
                : Message.of("read.from", packet, columns.source());
    }

    private Message to(Message packet) {
        if (rule.destination().isAny()) {
            return packet;
        }
        return rule.destination().isNegated()
                ? Message.of("read.notTo", packet, withoutNegation(columns.destination()))
                : Message.of("read.to", packet, columns.destination());
    }

    private Message links(Message packet) {
        Message in = link(rule.in(), columns.in());
        Message out = link(rule.out(), columns.out());
        if (rule.out().isAny()) {
            return Message.of("read.in", packet, in);
        }
        return rule.in().isAny() ? Message.of("read.out", packet, out) : Message.of("read.through", packet, in, out);
    }

    private static Message link(ParsedRule.Condition side, String column) {
        return side.isNegated() ? Message.of("read.otherLink", withoutNegation(column)) : Message.verbatim(column);
    }

    /// Without the `!` of a column.
    private static String withoutNegation(String column) {
        return column.substring(1);
    }

    private Message verdict() {
        return switch (rule.target()) {
            case "" -> Message.of("fate.counted");
            case "ACCEPT" -> Message.of("fate.accepted");
            case "DROP" -> Message.of("fate.dropped");
            case "REJECT" -> Message.of("fate.rejected");
            case "RETURN" -> Message.of("fate.returned");
            case "LOG" -> Message.of("fate.logged");
            case "SNAT", "MASQUERADE" -> Message.of("fate.disguised");
            case "CONTINUE" -> Message.of("fate.continued");
            case "VMAP" -> Message.of("fate.mapped");
            case "DNAT", "REDIRECT" -> Message.of("fate.rewritten");
            default -> Message.of("fate.jumps", rule.target());
        };
    }
}
