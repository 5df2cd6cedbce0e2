package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.rule.RuleSpec.match;
import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.rule.Table;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The rules of ports that are published for another engine's containers. They stand in chains of their own, which
/// are there as long as such a port is in force, so that nothing of the other engine's is touched and nothing is
/// left behind. Only tables that such an engine uses itself have any: a table stays in the kernel once it was
/// written to. Nothing but what came in through a published port is let past the other engine's rules.
public final class ExternalPublishRules {
    /// From `FORWARD`.
    public static final RuleSpec JUMP = match().jump(OwnChain.EXTERNAL);

    private ExternalPublishRules() {}

    static List<Chain> chains(Family family) {
        return List.of(
                OwnChain.EXTERNAL.in(family),
                OwnChain.EXTERNAL_DNAT.in(family),
                OwnChain.EXTERNAL_MASQUERADE.in(family));
    }

    /// How packets come into the chains. A host port that the other engine publishes itself stays its own: its
    /// rules are asked first.
    static List<Rule> baseRules(Family family) {
        return List.of(
                head(
                        Chain.builtIn(family, Table.FILTER, "INPUT"),
                        match().to(family.loopbackPrefix()).jump(OwnChain.EXTERNAL)),
                head(RuleLayout.forward(family), JUMP),
                tail(RuleLayout.prerouting(family), match().toHost().jump(OwnChain.EXTERNAL_DNAT)),
                tail(RuleLayout.output(family), RuleLayout.fromThisHost(family).jump(OwnChain.EXTERNAL_DNAT)),
                tail(RuleLayout.postrouting(family), match().dnat().jump(OwnChain.EXTERNAL_MASQUERADE)));
    }

    /// None while the container does not run, or has no address of this family.
    static List<Rule> rulesOf(Family family, ExternalPublishSpec forward) {
        List<Rule> rules = new ArrayList<>();
        if (forward.target() instanceof ExternalPublishSpec.Target target
                && target.address(family) instanceof Cidr inside) {
            for (InetAddress outside : forward.hostAddresses()) {
                if (family.includes(outside)) {
                    rules.addAll(rulesOf(family, forward.port().withBinding(outside), target.bridge(), inside));
                }
            }
        }
        return rules;
    }

    private static List<Rule> rulesOf(Family family, PortSpec port, String bridge, Cidr inside) {
        PortTranslation translation = new PortTranslation(family, port, inside.address());
        RuleSpec.Builder to = translation.toContainer().out(bridge);
        List<Rule> rules = new ArrayList<>();
        if (family == Family.IPV4) {
            rules.add(loopbackGuard(bridge));
        }
        rules.add(tail(family, OwnChain.EXTERNAL, to.dnat().accept()));
        rules.add(tail(
                family,
                OwnChain.EXTERNAL,
                translation.fromContainer().in(bridge).dnatReply().accept()));
        if (port.hostAddress().isLoopbackAddress()) {
            rules.add(translation.localRule(OwnChain.EXTERNAL_DNAT));
        } else {
            rules.addAll(translation.rules(OwnChain.EXTERNAL_DNAT));
        }
        // What comes from 127.0.0.1 has to come from elsewhere, and a neighbour would be answered past the host.
        rules.add(tail(family, OwnChain.EXTERNAL_MASQUERADE, to.fromHost().masquerade()));
        rules.add(tail(
                family, OwnChain.EXTERNAL_MASQUERADE, to.from(inside.network()).masquerade()));
        return rules;
    }

    /// The bridge is let send packets from loopback addresses, and with that alone containers there could send to
    /// what listens on the host's loopback only, or is published there. It is told by where a packet was sent to at
    /// first, since another engine's rules may have translated it by then.
    private static Rule loopbackGuard(String bridge) {
        return head(
                Family.IPV4,
                OwnChain.EXTERNAL,
                match().in(bridge).originallyTo(Family.IPV4.loopbackPrefix()).drop());
    }
}
