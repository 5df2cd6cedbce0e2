package dev.patchbay.core.rules;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.net.Cidr;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Describes a rule in one sentence. It knows the rules of Docker, which Patchbay's resemble; another
/// rule is described condition by condition.
final class RuleSentence {
    private final ParsedRule rule;
    private final RuleSubject subject;

    private RuleSentence(ParsedRule facts, RuleSubject subject) {
        this.rule = facts;
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
        return switch (rule.target()) {
            case "DNAT" -> dnat();
            case "MASQUERADE" -> masquerade();
            case "RETURN" -> rule.in().isPositive() ? Message.of("rule.skips", networkDative()) : returned();
            default -> {
                if (rule.dstLocal()) {
                    yield jumpForLocalAddress();
                }
                yield rule.target().endsWith("-POSTROUTING") ? Message.of("rule.leavingIn", rule.target()) : null;
            }
        };
    }

    private Message jumpForLocalAddress() {
        return rule.chain().equals("OUTPUT")
                ? Message.of("rule.sentToLocal", rule.target())
                : Message.of("rule.arrivedForLocal", rule.target());
    }

    private Message dnat() {
        Message direction = Message.of("rule.reaches");
        if (rule.destination().isPositive() && !isHostWide()) {
            direction = Message.of("rule.reaches.at", direction, rule.columns().destination());
        }
        if (!rule.dport().isEmpty()) {
            direction = Message.of("rule.reaches.port", direction, rule.dport());
        }
        if (rule.srcLocal()) {
            direction = Message.of("rule.reaches.fromHere", direction);
        } else if (rule.source().isPositive()) {
            direction =
                    Message.of("rule.reaches.from", direction, rule.columns().source());
        } else if (rule.source().isNegated()) {
            direction =
                    Message.of("rule.reaches.notFrom", direction, rule.source().value());
        } else if (rule.in().isNegated()) {
            direction = Message.of("rule.reaches.fromElsewhere", direction, networkDative());
        }
        Container container = subject.container();
        String rewritten = container == null ? rule.natArgument() : container.name() + " (" + rule.natArgument() + ")";
        return Message.of("rule.rewritten", packet(), direction, rewritten);
    }

    private boolean isHostWide() {
        return rule.destination().value().startsWith("0.0.0.0");
    }

    private @Nullable Message masquerade() {
        Cidr source = rule.source().cidr();
        Cidr destination = rule.destination().cidr();
        if (source != null && source.equals(destination)) {
            return rule.dport().isEmpty()
                    ? Message.of("rule.hairpin", packet(), container())
                    : Message.of("rule.hairpinPort", packet(), container(), rule.dport());
        }
        if (rule.srcLocal() || (source != null && source.address().isLoopbackAddress())) {
            return Message.of("rule.gatewaysAddress", networkAccusative());
        }
        if (source != null && rule.out().isNegated()) {
            return Message.of(
                    "rule.masqueraded", networkAccusative(), rule.columns().source());
        }
        return null;
    }

    private @Nullable Message raw() {
        if (rule.target().endsWith("-PREROUTING")) {
            return Message.of("rule.loopbackIn", rule.target());
        }
        Cidr destination = rule.destination().cidr();
        if (rule.target().equals("DROP")
                && rule.in().isNegated()
                && rule.in().value().equals("lo")
                && destination != null
                && !rule.dport().isEmpty()) {
            return Message.of("rule.hereOnly", packet(), rule.columns().destination(), rule.dport());
        }
        if (rule.isDirectAccessDrop() && subject.container() != null) {
            return Message.of("rule.noDirectAccess", packet(), container(), networkDative());
        }
        return rule.target().equals("DROP")
                        && rule.in().isPositive()
                        && destination != null
                        && destination.address().isLoopbackAddress()
                ? Message.of("rule.noLoopback", networkDative())
                : null;
    }

    private @Nullable Message filter() {
        return switch (rule.target()) {
            case "RETURN" -> rule.unconditional() ? returned() : returnForPublished();
            case "ACCEPT" -> accept();
            case "DROP" -> drop();
            default -> jump();
        };
    }

    private static Message returned() {
        return Message.of("rule.returned");
    }

    private @Nullable Message returnForPublished() {
        if (rule.dnat() && rule.chain().endsWith("ISOLATION-STAGE-1")) {
            return rule.in().isPositive()
                    ? Message.of("rule.answerLetPast", networkDative())
                    : Message.of("rule.publishedInternal", networkAccusative());
        }
        if (rule.out().isPositive() && rule.in().isAny() && rule.chain().endsWith("ISOLATION-STAGE-1")) {
            return Message.of("rule.routedLetPast", networkAccusative());
        }
        return rule.dnat() && rule.chain().endsWith("ISOLATION-STAGE-2") ? Message.of("rule.publishedToAll") : null;
    }

    private @Nullable Message accept() {
        if (rule.established() && rule.out().isPositive()) {
            return Message.of("rule.established", networkAccusative());
        }
        if (rule.established() && rule.in().isPositive() && rule.out().isAny()) {
            return Message.of("rule.establishedOut", networkDative());
        }
        if (rule.in().isPositive() && rule.in().equals(rule.out())) {
            return Message.of("rule.neighbours", networkDative());
        }
        if (rule.dnat() && rule.in().isPositive() && rule.out().isNegated()) {
            return Message.of("rule.answerLetOut", networkDative());
        }
        if (rule.in().isPositive() && rule.out().isNegated()) {
            return Message.of("rule.letOut", networkDative());
        }
        if (rule.destination().isPositive()
                && rule.out().isPositive()
                && !rule.dport().isEmpty()) {
            return Message.of("rule.published", packet(), container(), rule.dport(), networkDative());
        }
        return isDockers() ? acceptOfDocker() : null;
    }

    /// Since Docker 27; before, no network was open from elsewhere.
    private @Nullable Message acceptOfDocker() {
        if (rule.in().isPositive() && rule.out().isAny()) {
            return Message.of("rule.letAnywhere", networkDative());
        }
        if (isFromElsewhere()) {
            return Message.of("rule.unprotected", networkAccusative());
        }
        return rule.out().isPositive() && rule.in().isAny() && rule.protocol().endsWith("icmp")
                ? Message.of("rule.routedIcmp", networkAccusative())
                : null;
    }

    /// Whether it is for all packets that enter a bridge from another link.
    private boolean isFromElsewhere() {
        return rule.in().isNegated()
                && rule.out().isPositive()
                && rule.in().value().equals(rule.out().value())
                && rule.source().isAny()
                && rule.destination().isAny();
    }

    private boolean isDockers() {
        return RuleOwner.ofChain(rule.chain()) == RuleOwner.DOCKER;
    }

    private @Nullable Message drop() {
        if (rule.in().isPositive() && rule.in().equals(rule.out())) {
            return Message.of("rule.noNeighbours", networkDative());
        }
        if (rule.dnat() && rule.destination().isPositive() && rule.out().isPositive()) {
            return Message.of("rule.publishedForSome", packet(), container(), rule.dport());
        }
        if (isolates(rule.chain()) && rule.out().isPositive()) {
            return Message.of("rule.isolated", networkAccusative());
        }
        if (isFromElsewhere() && isDockers()) {
            return Message.of("rule.notPublished", networkAccusative());
        }
        if (rule.in().isPositive() && rule.destination().isNegated()) {
            return Message.of("rule.internalOut", networkDative());
        }
        if (rule.out().isPositive() && rule.source().isNegated()) {
            return Message.of("rule.internalIn", networkAccusative());
        }
        return null;
    }

    /// Docker isolates networks in the second chain, Patchbay in a third one.
    private static boolean isolates(String chain) {
        return chain.endsWith("ISOLATION-STAGE-2") || chain.endsWith("ISOLATION-STAGE-3");
    }

    private @Nullable Message jump() {
        if (rule.target().endsWith("ISOLATION-STAGE-2") && rule.in().isPositive()) {
            return Message.of("rule.isolates", networkAccusative(), rule.target());
        }
        if (rule.target().endsWith("ISOLATION-STAGE-1")) {
            return Message.of("rule.isolatesAll", rule.target());
        }
        if (rule.target().endsWith("ISOLATION-STAGE-3")) {
            return Message.of("rule.isolatesRest", rule.target());
        }
        if (rule.target().equals("PATCHBAY-FORWARD") || rule.target().equals("DOCKER-FORWARD")) {
            return Message.of("rule.networksIn", rule.target());
        }
        Message step = switch (rule.target()) {
            case "DOCKER-CT" -> Message.of("rule.establishedIn", rule.target());
            case "DOCKER-BRIDGE" -> Message.of("rule.bridgesIn", rule.target());
            case "DOCKER-INTERNAL" -> Message.of("rule.internalsIn", rule.target());
            default -> null;
        };
        if (step != null) {
            return step;
        }
        if (rule.target().endsWith("-USER")) {
            return Message.of("rule.ownRules", rule.target());
        }
        if (rule.out().isPositive() && RuleOwner.ofChain(rule.target()) != RuleOwner.OTHER) {
            return Message.of("rule.lookedUp", networkAccusative(), rule.target());
        }
        return null;
    }

    private Message packet() {
        return rule.protocol().isEmpty()
                ? Message.of("packet")
                : Message.of("packet.of", rule.protocol().toUpperCase(Locale.ROOT));
    }

    /// The source or location of a packet: the dative, in a language that has one.
    private Message networkDative() {
        Network network = subject.network();
        return network != null && network.predefined() ? Message.of("network", network.name()) : networkName();
    }

    /// The destination of a packet: the accusative, in a language that has one.
    private Message networkAccusative() {
        Network network = subject.network();
        return network != null && network.predefined() ? Message.of("network.reached", network.name()) : networkName();
    }

    private Message networkName() {
        Network network = subject.network();
        return Message.verbatim(network == null ? rule.mainLink() : network.name());
    }

    private String container() {
        Container container = subject.container();
        return container == null
                ? rule.columns().destination()
                : container.name() + " (" + rule.columns().destination() + ")";
    }
}
