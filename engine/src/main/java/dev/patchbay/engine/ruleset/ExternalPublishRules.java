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

/// The rules of ports that are published for another engine's containers. They are in chains of their
/// own, which exist while such a port is in force: the other engine's chains are not changed and nothing
/// is left behind. Only tables that such an engine uses itself have rules, because the kernel keeps a
/// table once it was used. Only packets that came in through a published port bypass the other engine's
/// rules.
public final class ExternalPublishRules {
    /// The jump in `FORWARD`.
    public static final RuleSpec JUMP = match().jump(OwnChain.EXTERNAL);

    private ExternalPublishRules() {}

    static List<Chain> chains(Family family) {
        return List.of(
                OwnChain.EXTERNAL.in(family),
                OwnChain.EXTERNAL_DNAT.in(family),
                OwnChain.EXTERNAL_MASQUERADE.in(family));
    }

    /// The jumps to the chains. They follow the other engine's own rules, so a host port that it
    /// publishes itself stays with it.
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

    /// Empty while the container does not run, or has no address of this family.
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
        // The source 127.0.0.1 must be replaced; and a neighbour would answer without the host in
        // between.
        rules.add(tail(family, OwnChain.EXTERNAL_MASQUERADE, to.fromHost().masquerade()));
        rules.add(tail(
                family, OwnChain.EXTERNAL_MASQUERADE, to.from(inside.network()).masquerade()));
        return rules;
    }

    /// With `route_localnet` on the bridge, its containers could also reach services that listen or are
    /// published only on the host's loopback; this rule prevents it. It matches the original
    /// destination, since another engine's rules may have translated the packet before.
    private static Rule loopbackGuard(String bridge) {
        return head(
                Family.IPV4,
                OwnChain.EXTERNAL,
                match().in(bridge).originallyTo(Family.IPV4.loopbackPrefix()).drop());
    }
}
