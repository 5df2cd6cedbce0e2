package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.rule.RuleSpec.match;
import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The rules of one published port: those of Docker, and for a port with allowed sources those that drop
/// all others. A range of ports has as many rules as one port.
final class PublishedPortRules {
    private PublishedPortRules() {}

    /// @param address of the container, in the family
    static List<Rule> of(Family family, PortSpec port, NetworkSpec network, InetAddress address) {
        PortTranslation translation = new PortTranslation(family, port, address);
        String bridge = network.bridge();
        RuleSpec.Builder toContainer = translation.toContainer();
        RuleSpec.Builder fromOutside = toContainer.notIn(bridge).out(bridge);
        List<Rule> rules = new ArrayList<>();
        if (port.hostAddress().isLoopbackAddress()) {
            rules.add(translation.rawLoopbackDrop());
        }
        if (port.hostAddress().isLoopbackAddress() || !port.allowed().isEmpty()) {
            // Drops packets that are sent to the container's own address and so bypass the allowed
            // sources.
            rules.add(tail(family, OwnChain.PUBLISHED, fromOutside.notDnat().drop()));
        }
        rules.add(tail(family, OwnChain.PUBLISHED, fromOutside.accept()));
        // The answer to a container that reaches itself through the host's port must have the source
        // that it expects.
        rules.add(tail(
                family,
                OwnChain.POSTROUTING,
                toContainer.from(family.hostPrefix(address)).masquerade()));
        if (network.internal()) {
            // A container on an internal network has no route to the client, but it has one to its own
            // bridge.
            rules.add(tail(
                    family, OwnChain.POSTROUTING, toContainer.out(bridge).dnat().masquerade()));
        }
        rules.addAll(translation.rules(OwnChain.DNAT));
        return rules;
    }

    /// The rules of an internal network that precede its DROP rules: packets to published ports, and the
    /// answers.
    static List<Rule> internalOpenings(Family family, NetworkSpec network) {
        String bridge = network.bridge();
        RuleSpec.Builder answers = match().in(bridge).notOut(bridge).dnatReply();
        return List.of(
                head(family, OwnChain.FORWARD, match().out(bridge).established().accept()),
                head(family, OwnChain.FORWARD, match().out(bridge).jump(OwnChain.PUBLISHED)),
                head(family, OwnChain.FORWARD, answers.accept()),
                head(
                        family,
                        OwnChain.ISOLATION_1,
                        match().notIn(bridge).out(bridge).dnat().returns()),
                head(family, OwnChain.ISOLATION_1, answers.returns()));
    }
}
