package dev.patchbay.core.rules;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.net.Cidr;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One plain sentence on a rule. The shapes are Docker's, which Patchbay follows; any other rule is read out.
final class RuleSentence {
    private final ParsedRule facts;
    private final RuleSubject subject;

    private RuleSentence(ParsedRule facts, RuleSubject subject) {
        this.facts = facts;
        this.subject = subject;
    }

    static Message of(ParsedRule facts, RuleSubject subject, RuleOwner owner) {
        RuleSentence reader = new RuleSentence(facts, subject);
        Message known = switch (facts.table()) {
            case "nat" -> reader.nat();
            case "filter" -> reader.filter();
            case "raw" -> reader.raw();
            default -> null;
        };
        if (known != null) {
            return known;
        }
        Message readOut = GenericRuleSentence.of(facts, reader.packet());
        return owner == RuleOwner.OTHER || owner == RuleOwner.PATCHBAY
                ? readOut
                : Message.of("read.maker", readOut, owner);
    }

    private @Nullable Message nat() {
        return switch (facts.target()) {
            case "DNAT" -> dnat();
            case "MASQUERADE" -> masquerade();
            case "RETURN" -> facts.in().is() ? Message.of("rule.skips", network()) : returned();
            default -> facts.dstLocal() ? jumpForLocal() : null;
        };
    }

    private Message jumpForLocal() {
        return facts.chain().equals("OUTPUT")
                ? Message.of("rule.sentToLocal", facts.target())
                : Message.of("rule.arrivedForLocal", facts.target());
    }

    private Message dnat() {
        Message way = Message.of("rule.reaches");
        if (facts.destination().is() && !isHostWide()) {
            way = Message.of("rule.reaches.at", way, facts.columns().destination());
        }
        if (!facts.dport().isEmpty()) {
            way = Message.of("rule.reaches.port", way, facts.dport());
        }
        if (facts.srcLocal()) {
            way = Message.of("rule.reaches.fromHere", way);
        } else if (facts.source().is()) {
            way = Message.of("rule.reaches.from", way, facts.columns().source());
        } else if (facts.in().isNot()) {
            way = Message.of("rule.reaches.fromElsewhere", way, network());
        }
        Container container = subject.container();
        String rewritten = container == null ? facts.to() : container.name() + " (" + facts.to() + ")";
        return Message.of("rule.rewritten", packet(), way, rewritten);
    }

    private boolean isHostWide() {
        return facts.destination().value().startsWith("0.0.0.0");
    }

    private @Nullable Message masquerade() {
        Cidr source = facts.source().cidr();
        Cidr destination = facts.destination().cidr();
        if (source != null && source.equals(destination)) {
            return facts.dport().isEmpty()
                    ? Message.of("rule.hairpin", packet(), container())
                    : Message.of("rule.hairpinPort", packet(), container(), facts.dport());
        }
        if (facts.srcLocal() || (source != null && source.address().isLoopbackAddress())) {
            return Message.of("rule.gatewaysAddress", networkReached());
        }
        if (source != null && facts.out().isNot()) {
            return Message.of(
                    "rule.masqueraded", networkReached(), facts.columns().source());
        }
        return null;
    }

    private @Nullable Message raw() {
        Cidr destination = facts.destination().cidr();
        if (facts.target().equals("DROP")
                && facts.in().isNot()
                && facts.in().value().equals("lo")
                && destination != null
                && !facts.dport().isEmpty()) {
            return Message.of("rule.hereOnly", packet(), facts.columns().destination(), facts.dport());
        }
        return facts.target().equals("DROP")
                        && facts.in().is()
                        && destination != null
                        && destination.address().isLoopbackAddress()
                ? Message.of("rule.noLoopback", network())
                : null;
    }

    private @Nullable Message filter() {
        return switch (facts.target()) {
            case "RETURN" -> facts.plain() ? returned() : publishedToAll();
            case "ACCEPT" -> accept();
            case "DROP" -> drop();
            default -> jump();
        };
    }

    private static Message returned() {
        return Message.of("rule.returned");
    }

    private @Nullable Message publishedToAll() {
        if (facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-1")) {
            return facts.in().is()
                    ? Message.of("rule.answerLetPast", network())
                    : Message.of("rule.publishedInternal", networkReached());
        }
        return facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-2")
                ? Message.of("rule.publishedToAll")
                : null;
    }

    private @Nullable Message accept() {
        if (facts.established() && facts.out().is()) {
            return Message.of("rule.established", networkReached());
        }
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return Message.of("rule.neighbours", network());
        }
        if (facts.translated() && facts.in().is() && facts.out().isNot()) {
            return Message.of("rule.answerLetOut", network());
        }
        if (facts.in().is() && facts.out().isNot()) {
            return Message.of("rule.letOut", network());
        }
        if (facts.destination().is() && facts.out().is() && !facts.dport().isEmpty()) {
            return Message.of("rule.published", packet(), container(), facts.dport(), network());
        }
        return null;
    }

    private @Nullable Message drop() {
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return Message.of("rule.noNeighbours", network());
        }
        if (facts.translated() && facts.destination().is() && facts.out().is()) {
            return Message.of("rule.publishedForSome", packet(), container(), facts.dport());
        }
        if (facts.chain().endsWith("ISOLATION-STAGE-2") && facts.out().is()) {
            return Message.of("rule.isolated", networkReached());
        }
        if (facts.in().is() && facts.destination().isNot()) {
            return Message.of("rule.internalOut", network());
        }
        if (facts.out().is() && facts.source().isNot()) {
            return Message.of("rule.internalIn", networkReached());
        }
        return null;
    }

    private @Nullable Message jump() {
        if (facts.target().endsWith("ISOLATION-STAGE-2") && facts.in().is()) {
            return Message.of("rule.isolates", networkReached(), facts.target());
        }
        if (facts.target().endsWith("ISOLATION-STAGE-1")) {
            return Message.of("rule.isolatesAll", facts.target());
        }
        if (facts.target().endsWith("-USER")) {
            return Message.of("rule.ownRules", facts.target());
        }
        if (facts.out().is() && RuleOwner.ofChain(facts.target()) != RuleOwner.OTHER) {
            return Message.of("rule.lookedUp", networkReached(), facts.target());
        }
        return null;
    }

    private Message packet() {
        return facts.protocol().isEmpty()
                ? Message.of("packet")
                : Message.of("packet.of", facts.protocol().toUpperCase(Locale.ROOT));
    }

    /// Where it comes from or is: the dative, in a language that has one.
    private Message network() {
        Network network = subject.network();
        return network != null && network.predefined() ? Message.of("network", network.name()) : networkName();
    }

    /// What it goes to or leaves: the accusative.
    private Message networkReached() {
        Network network = subject.network();
        return network != null && network.predefined() ? Message.of("network.reached", network.name()) : networkName();
    }

    private Message networkName() {
        Network network = subject.network();
        return Message.verbatim(network == null ? facts.bridge() : network.name());
    }

    private String container() {
        Container container = subject.container();
        return container == null
                ? facts.columns().destination()
                : container.name() + " (" + facts.columns().destination() + ")";
    }
}
