package dev.patchbay.core.rules;

import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Network;
import dev.patchbay.engine.spec.Cidr;
import java.util.ArrayList;
import java.util.List;
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

    static String of(RuleFacts facts, RuleSubject subject, RuleOwner owner) {
        RuleSentence reader = new RuleSentence(facts, subject);
        String known = switch (facts.table()) {
            case "nat" -> reader.nat();
            case "filter" -> reader.filter();
            case "raw" -> reader.raw();
            default -> null;
        };
        if (known != null) {
            return known;
        }
        String maker = owner == RuleOwner.OTHER || owner == RuleOwner.PATCHBAY ? "" : " " + owner + " made this rule.";
        return reader.readOut() + maker;
    }

    private @Nullable String nat() {
        return switch (facts.target()) {
            case "DNAT" -> dnat();
            case "MASQUERADE" -> masquerade();
            case "RETURN" ->
                facts.in().is()
                        ? "A packet that comes from %s itself skips the rest of this chain: it reaches containers directly, not through published ports."
                                .formatted(network())
                        : returned();
            default -> facts.dstLocal() ? jumpForLocal() : null;
        };
    }

    private String jumpForLocal() {
        return facts.chain().equals("OUTPUT")
                ? "A packet that this machine sends to one of its own addresses goes through %s, so that published ports answer here as well."
                        .formatted(facts.target())
                : "A packet that arrives for one of this machine's own addresses goes through %s, where published ports are looked up."
                        .formatted(facts.target());
    }

    private String dnat() {
        String where = facts.destination().is() && !isHostWide()
                ? " at " + facts.columns().destination()
                : "";
        String from = "";
        if (facts.srcLocal()) {
            from = " from this machine itself";
        } else if (facts.source().is()) {
            from = " from " + facts.columns().source();
        } else if (facts.in().isNot()) {
            from = " from anywhere but " + network() + " itself";
        }
        String port = facts.dport().isEmpty() ? "" : " on port " + facts.dport();
        Container container = subject.container();
        String rewritten = container == null ? facts.to() : container.name() + " (" + facts.to() + ")";
        return "A %s that reaches this machine%s%s%s is rewritten to %s."
                .formatted(packet(), where, port, from, rewritten);
    }

    private boolean isHostWide() {
        return facts.destination().value().startsWith("0.0.0.0");
    }

    private @Nullable String masquerade() {
        Cidr source = facts.source().cidr();
        Cidr destination = facts.destination().cidr();
        if (source != null && source.equals(destination)) {
            return "A %s with which %s reaches its own published port%s gets the gateway's address, so that the answer comes back through this machine."
                    .formatted(packet(), container(), facts.dport().isEmpty() ? "" : " (" + facts.dport() + " inside)");
        }
        if (facts.srcLocal() || (source != null && source.address().isLoopbackAddress())) {
            return "A packet that this machine itself sends into %s gets the gateway's address, so that a container can answer it."
                    .formatted(network());
        }
        if (source != null && facts.out().isNot()) {
            return "A packet that leaves %s (%s) for anywhere else gets this machine's address, so that the answer finds its way back."
                    .formatted(network(), facts.columns().source());
        }
        return null;
    }

    private @Nullable String raw() {
        Cidr destination = facts.destination().cidr();
        if (facts.target().equals("DROP")
                && facts.in().isNot()
                && facts.in().value().equals("lo")
                && destination != null
                && !facts.dport().isEmpty()) {
            return "A %s from elsewhere to %s on port %s is dropped: what is published there is for this machine alone."
                    .formatted(packet(), facts.columns().destination(), facts.dport());
        }
        return facts.target().equals("DROP")
                        && facts.in().is()
                        && destination != null
                        && destination.address().isLoopbackAddress()
                ? "A packet from %s to this machine's loopback addresses is dropped, so that ports published on them open nothing else there."
                        .formatted(network())
                : null;
    }

    private @Nullable String filter() {
        return switch (facts.target()) {
            case "RETURN" -> facts.plain() ? returned() : publishedToAll();
            case "ACCEPT" -> accept();
            case "DROP" -> drop();
            default -> jump();
        };
    }

    private static String returned() {
        return "A packet that met no rule above goes back to the chain it came from.";
    }

    private @Nullable String publishedToAll() {
        if (facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-1")) {
            return facts.in().is()
                    ? "An answer from %s to whoever asked through a published port is let past.".formatted(network())
                    : "A packet into %s that was sent to a published port of this machine is let past, though the network is internal."
                            .formatted(network());
        }
        return facts.translated() && facts.chain().endsWith("ISOLATION-STAGE-2")
                ? "A packet that was sent to a published port of this machine is let past: what is published, every network may reach."
                : null;
    }

    private @Nullable String accept() {
        if (facts.established() && facts.out().is()) {
            return "A packet into %s that belongs to a connection already open is let through.".formatted(network());
        }
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return "Containers of %s may talk to each other.".formatted(network());
        }
        if (facts.translated() && facts.in().is() && facts.out().isNot()) {
            return "An answer from %s to whoever asked through a published port is let out.".formatted(network());
        }
        if (facts.in().is() && facts.out().isNot()) {
            return "A packet from %s to anywhere else is let out.".formatted(network());
        }
        if (facts.destination().is() && facts.out().is() && !facts.dport().isEmpty()) {
            return "A %s for %s on port %s from outside %s is let in, because the port is published."
                    .formatted(packet(), container(), facts.dport(), network());
        }
        return null;
    }

    private @Nullable String drop() {
        if (facts.in().is() && facts.in().equals(facts.out())) {
            return "Containers of %s may not talk to each other.".formatted(network());
        }
        if (facts.translated() && facts.destination().is() && facts.out().is()) {
            return "A %s for %s on port %s that was not sent to this machine's published port is dropped: the port is not for everyone."
                    .formatted(packet(), container(), facts.dport());
        }
        if (facts.chain().endsWith("ISOLATION-STAGE-2") && facts.out().is()) {
            return "A packet that comes from another network and would go into %s is dropped: networks are kept apart."
                    .formatted(network());
        }
        if (facts.in().is() && facts.destination().isNot()) {
            return "A packet from %s to any address outside it is dropped, because the network is internal."
                    .formatted(network());
        }
        if (facts.out().is() && facts.source().isNot()) {
            return "A packet into %s from any address outside it is dropped, because the network is internal."
                    .formatted(network());
        }
        return null;
    }

    private @Nullable String jump() {
        if (facts.target().endsWith("ISOLATION-STAGE-2") && facts.in().is()) {
            return "A packet that leaves %s goes through %s, which keeps it out of every other network."
                    .formatted(network(), facts.target());
        }
        if (facts.target().endsWith("ISOLATION-STAGE-1")) {
            return "Every forwarded packet goes through %s, which keeps networks apart.".formatted(facts.target());
        }
        if (facts.target().endsWith("-USER")) {
            return "Every forwarded packet goes through %s first: rules of your own belong there."
                    .formatted(facts.target());
        }
        if (facts.out().is() && RuleOwner.ofChain(facts.target()) != RuleOwner.OTHER) {
            return "A packet into %s goes through %s, where the published ports are let in."
                    .formatted(network(), facts.target());
        }
        return null;
    }

    private String readOut() {
        List<String> parts = new ArrayList<>();
        parts.add((facts.established() ? "An already connected " : "A ") + packet());
        add(parts, "from", facts.source(), facts.columns().source());
        add(parts, "to", facts.destination(), facts.columns().destination());
        add(parts, "arriving on", facts.in(), facts.columns().in());
        add(parts, "leaving by", facts.out(), facts.columns().out());
        if (!facts.columns().match().isEmpty()) {
            parts.add("(" + facts.columns().match() + ")");
        }
        parts.add(fate());
        return String.join(" ", parts) + ".";
    }

    private static void add(List<String> parts, String word, RuleFacts.Side side, String column) {
        if (!side.any()) {
            parts.add(word + (side.isNot() ? " anything but " + column.substring(1) : " " + column));
        }
    }

    private String fate() {
        return switch (facts.target()) {
            case "" -> "is counted, nothing else";
            case "ACCEPT" -> "is let through";
            case "DROP" -> "is dropped";
            case "REJECT" -> "is refused, and its sender told";
            case "RETURN" -> "goes back to the chain it came from";
            case "LOG" -> "is written to the kernel's log";
            case "SNAT", "MASQUERADE" -> "gets this machine's address as its sender";
            case "DNAT", "REDIRECT" -> "is rewritten to another destination";
            default -> "goes through " + facts.target();
        };
    }

    private String packet() {
        return facts.protocol().isEmpty() ? "packet" : facts.protocol().toUpperCase(Locale.ROOT) + " packet";
    }

    private String network() {
        Network network = subject.network();
        if (network == null) {
            return facts.bridge();
        }
        return network.predefined() ? "the network " + network.name() : network.name();
    }

    private String container() {
        Container container = subject.container();
        return container == null
                ? facts.columns().destination()
                : container.name() + " (" + facts.columns().destination() + ")";
    }
}
