package dev.patchbay.core.rules;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.engine.net.Cidr;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One plain sentence on a rule. The shapes are Docker's, which Patchbay follows; any other rule is read out.
final class RuleSentence {
    private final RuleFacts facts;
    private final RuleSubject subject;

    private RuleSentence(RuleFacts facts, RuleSubject subject) {
        this.facts = facts;
        this.subject = subject;
    }

    static Phrase of(RuleFacts facts, RuleSubject subject, RuleOwner owner) {
        RuleSentence reader = new RuleSentence(facts, subject);
        Phrase known = switch (facts.table()) {
            case "nat" -> reader.nat();
            case "filter" -> reader.filter();
            case "raw" -> reader.raw();
            default -> null;
        };
        if (known != null) {
            return known;
        }
        Phrase readOut = ReadOut.of(facts, reader.packet());
        return owner == RuleOwner.OTHER || owner == RuleOwner.PATCHBAY
                ? readOut
                : Phrase.of("read.maker", readOut, owner);
    }

    private @Nullable Phrase nat() {
        return switch (facts.target()) {
            case "DNAT" -> dnat();
            case "MASQUERADE" -> masquerade();
            case "RETURN" -> facts.in().is() ? Phrase.of("rule.skips", network()) : returned();
            default -> facts.dstLocal() ? jumpForLocal() : null;
        };
    }

    private Phrase jumpForLocal() {
        return facts.chain().equals("OUTPUT")
                ? Phrase.of("rule.sentToLocal", facts.target())
                : Phrase.of("rule.arrivedForLocal", facts.target());
    }

    private Phrase dnat() {
        Phrase way = Phrase.of("rule.reaches");
        if (facts.destination().is() && !isHostWide()) {
            way = Phrase.of("rule.reaches.at", way, facts.columns().destination());
        }
        if (!facts.dport().isEmpty()) {
            way = Phrase.of("rule.reaches.port", way, facts.dport());
        }
        if (facts.srcLocal()) {
            way = Phrase.of("rule.reaches.fromHere", way);
        } else if (facts.source().is()) {
            way = Phrase.of("rule.reaches.from", way, facts.columns().source());
        } else if (facts.in().isNot()) {
            way = Phrase.of("rule.reaches.fromElsewhere", way, network());
        }
        Container container = subject.container();
        String rewritten = container == null ? facts.to() : container.name() + " (" + facts.to() + ")";
        return Phrase.of("rule.rewritten", packet(), way, rewritten);
    }

    private boolean isHostWide() {
        return facts.destination().value().startsWith("0.0.0.0");
    }

    private @Nullable Phrase masquerade() {
        Cidr source = facts.source().cidr();
        Cidr destination = facts.destination().cidr();
        if (source != null && source.equals(destination)) {
            return facts.dport().isEmpty()
                    ? Phrase.of("rule.hairpin", packet(), container())
                    : Phrase.of("rule.hairpinPort", packet(), container(), facts.dport());
        }
        if (facts.srcLocal() || (source != null && source.address().isLoopbackAddress())) {
            return Phrase.of("rule.gatewaysAddress", networkReached());
        }
        if (source != null && facts.out().isNot()) {
            return Phrase.of(
                    "rule.masqueraded", networkReached(), facts.columns().source());
        }
        return null;
    }

    private @Nullable Phrase raw() {
        Cidr destination = facts.destination().cidr();
        if (facts.target().equals("DROP")
                && facts.in().isNot()
                && facts.in().value().equals("lo")
                && destination != null
                && !facts.dport().isEmpty()) {
            return Phrase.of("rule.hereOnly", packet(), facts.columns().destination(), facts.dport());
        }
        return facts.target().equals("DROP")
                        && facts.in().is()
                        && destination != null
                        && destination.address().isLoopbackAddress()
                ? Phrase.of("rule.noLoopback", network())
                : null;
    }

    private @Nullable Phrase filter() {
        return switch (facts.target()) {
            case "RETURN" -> facts.plain() ? returned() : publishedToAll();
            case "ACCEPT" -> accept();
            case "DROP" -> drop();
            default -> jump();
        };
    }

    private static Phrase returned() {
        return Phrase.of("rule.returned");
    }

    private @Nullable Phrase publishedToAll() {
        if (facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-1")) {
            return facts.in().is()
                    ? Phrase.of("rule.answerLetPast", network())
                    : Phrase.of("rule.publishedInternal", networkReached());
        }
        return facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-2")
                ? Phrase.of("rule.publishedToAll")
                : null;
    }

    private @Nullable Phrase accept() {
        if (facts.established() && facts.out().is()) {
            return Phrase.of("rule.established", networkReached());
        }
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return Phrase.of("rule.neighbours", network());
        }
        if (facts.translated() && facts.in().is() && facts.out().isNot()) {
            return Phrase.of("rule.answerLetOut", network());
        }
        if (facts.in().is() && facts.out().isNot()) {
            return Phrase.of("rule.letOut", network());
        }
        if (facts.destination().is() && facts.out().is() && !facts.dport().isEmpty()) {
            return Phrase.of("rule.published", packet(), container(), facts.dport(), network());
        }
        return null;
    }

    private @Nullable Phrase drop() {
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return Phrase.of("rule.noNeighbours", network());
        }
        if (facts.translated() && facts.destination().is() && facts.out().is()) {
            return Phrase.of("rule.publishedForSome", packet(), container(), facts.dport());
        }
        if (facts.chain().endsWith("ISOLATION-STAGE-2") && facts.out().is()) {
            return Phrase.of("rule.isolated", networkReached());
        }
        if (facts.in().is() && facts.destination().isNot()) {
            return Phrase.of("rule.internalOut", network());
        }
        if (facts.out().is() && facts.source().isNot()) {
            return Phrase.of("rule.internalIn", networkReached());
        }
        return null;
    }

    private @Nullable Phrase jump() {
        if (facts.target().endsWith("ISOLATION-STAGE-2") && facts.in().is()) {
            return Phrase.of("rule.isolates", networkReached(), facts.target());
        }
        if (facts.target().endsWith("ISOLATION-STAGE-1")) {
            return Phrase.of("rule.isolatesAll", facts.target());
        }
        if (facts.target().endsWith("-USER")) {
            return Phrase.of("rule.ownRules", facts.target());
        }
        if (facts.out().is() && RuleOwner.ofChain(facts.target()) != RuleOwner.OTHER) {
            return Phrase.of("rule.lookedUp", networkReached(), facts.target());
        }
        return null;
    }

    private Phrase packet() {
        return facts.protocol().isEmpty()
                ? Phrase.of("packet")
                : Phrase.of("packet.of", facts.protocol().toUpperCase(Locale.ROOT));
    }

    /// Where it comes from or is: the dative, in a language that has one.
    private Phrase network() {
        Network network = subject.network();
        return network != null && network.predefined() ? Phrase.of("network", network.name()) : networkName();
    }

    /// What it goes to or leaves: the accusative.
    private Phrase networkReached() {
        Network network = subject.network();
        return network != null && network.predefined() ? Phrase.of("network.reached", network.name()) : networkName();
    }

    private Phrase networkName() {
        Network network = subject.network();
        return Phrase.verbatim(network == null ? facts.bridge() : network.name());
    }

    private String container() {
        Container container = subject.container();
        return container == null
                ? facts.columns().destination()
                : container.name() + " (" + facts.columns().destination() + ")";
    }
}
