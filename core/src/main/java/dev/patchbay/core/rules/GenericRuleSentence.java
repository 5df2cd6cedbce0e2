package dev.patchbay.core.rules;

import dev.patchbay.core.model.Message;

/// A rule of no known shape, read out condition by condition.
final class GenericRuleSentence {
    private final ParsedRule facts;
    private final RuleColumns columns;

    private GenericRuleSentence(ParsedRule facts) {
        this.facts = facts;
        this.columns = facts.columns();
    }

    /// @param packet the kind of packet
    static Message of(ParsedRule facts, Message packet) {
        return new GenericRuleSentence(facts).sentence(packet);
    }

    private Message sentence(Message packet) {
        Message whole = facts.established() ? Message.of("read.connected", packet) : any(packet);
        whole = to(from(whole));
        boolean travels = !facts.in().any() || !facts.out().any();
        if (travels) {
            whole = links(whole);
        }
        if (!columns.match().isEmpty()) {
            whole = Message.of("read.match", whole, columns.match());
        }
        return travels ? Message.of("read.clauseFate", whole, fate()) : Message.of("read.fate", whole, fate());
    }

    /// ICMP, ESP and AH want another article.
    private Message any(Message packet) {
        boolean vowel =
                !facts.protocol().isEmpty() && "aeio".indexOf(facts.protocol().charAt(0)) >= 0;
        return vowel ? Message.of("read.anyAfterVowel", packet) : Message.of("read.any", packet);
    }

    private Message from(Message packet) {
        if (facts.source().any()) {
            return packet;
        }
        return facts.source().isNot()
                ? Message.of("read.notFrom", packet, unmarked(columns.source()))
                : Message.of("read.from", packet, columns.source());
    }

    private Message to(Message packet) {
        if (facts.destination().any()) {
            return packet;
        }
        return facts.destination().isNot()
                ? Message.of("read.notTo", packet, unmarked(columns.destination()))
                : Message.of("read.to", packet, columns.destination());
    }

    private Message links(Message packet) {
        Message in = link(facts.in(), columns.in());
        Message out = link(facts.out(), columns.out());
        if (facts.out().any()) {
            return Message.of("read.in", packet, in);
        }
        return facts.in().any() ? Message.of("read.out", packet, out) : Message.of("read.through", packet, in, out);
    }

    private static Message link(ParsedRule.Condition side, String column) {
        return side.isNot() ? Message.of("read.otherLink", unmarked(column)) : Message.verbatim(column);
    }

    /// Without the `!` of a column.
    private static String unmarked(String column) {
        return column.substring(1);
    }

    private Message fate() {
        return switch (facts.target()) {
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
            default -> Message.of("fate.jumps", facts.target());
        };
    }
}
