package dev.patchbay.core.rules;

import dev.patchbay.core.model.Phrase;

/// A rule of no known shape, read out condition by condition.
final class ReadOut {
    private final RuleFacts facts;
    private final RuleColumns columns;

    private ReadOut(RuleFacts facts) {
        this.facts = facts;
        this.columns = facts.columns();
    }

    /// @param packet the kind of packet
    static Phrase of(RuleFacts facts, Phrase packet) {
        return new ReadOut(facts).sentence(packet);
    }

    private Phrase sentence(Phrase packet) {
        Phrase whole = facts.established() ? Phrase.of("read.connected", packet) : any(packet);
        whole = to(from(whole));
        boolean travels = !facts.in().any() || !facts.out().any();
        if (travels) {
            whole = links(whole);
        }
        if (!columns.match().isEmpty()) {
            whole = Phrase.of("read.match", whole, columns.match());
        }
        return travels ? Phrase.of("read.clauseFate", whole, fate()) : Phrase.of("read.fate", whole, fate());
    }

    /// ICMP, ESP and AH want another article.
    private Phrase any(Phrase packet) {
        boolean vowel =
                !facts.protocol().isEmpty() && "aeio".indexOf(facts.protocol().charAt(0)) >= 0;
        return vowel ? Phrase.of("read.anyAfterVowel", packet) : Phrase.of("read.any", packet);
    }

    private Phrase from(Phrase packet) {
        if (facts.source().any()) {
            return packet;
        }
        return facts.source().isNot()
                ? Phrase.of("read.notFrom", packet, unmarked(columns.source()))
                : Phrase.of("read.from", packet, columns.source());
    }

    private Phrase to(Phrase packet) {
        if (facts.destination().any()) {
            return packet;
        }
        return facts.destination().isNot()
                ? Phrase.of("read.notTo", packet, unmarked(columns.destination()))
                : Phrase.of("read.to", packet, columns.destination());
    }

    private Phrase links(Phrase packet) {
        Phrase in = link(facts.in(), columns.in());
        Phrase out = link(facts.out(), columns.out());
        if (facts.out().any()) {
            return Phrase.of("read.in", packet, in);
        }
        return facts.in().any() ? Phrase.of("read.out", packet, out) : Phrase.of("read.through", packet, in, out);
    }

    private static Phrase link(RuleFacts.Side side, String column) {
        return side.isNot() ? Phrase.of("read.otherLink", unmarked(column)) : Phrase.verbatim(column);
    }

    /// Without the `!` of a column.
    private static String unmarked(String column) {
        return column.substring(1);
    }

    private Phrase fate() {
        return switch (facts.target()) {
            case "" -> Phrase.of("fate.counted");
            case "ACCEPT" -> Phrase.of("fate.accepted");
            case "DROP" -> Phrase.of("fate.dropped");
            case "REJECT" -> Phrase.of("fate.rejected");
            case "RETURN" -> Phrase.of("fate.returned");
            case "LOG" -> Phrase.of("fate.logged");
            case "SNAT", "MASQUERADE" -> Phrase.of("fate.disguised");
            case "CONTINUE" -> Phrase.of("fate.continued");
            case "VMAP" -> Phrase.of("fate.mapped");
            case "DNAT", "REDIRECT" -> Phrase.of("fate.rewritten");
            default -> Phrase.of("fate.jumps", facts.target());
        };
    }
}
