package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The rules of ports that are published for another engine's containers. They stand in chains of their own, which
/// are there as long as such a port is in force, so that nothing of the other engine's is touched and nothing is
/// left behind. Only tables that such an engine uses itself have any: a table stays in the kernel once it was
/// written to.
public final class ExternalPublishRules {
    /// In `nat`: to which container such a port leads. In `filter`: what is let through to it, and back.
    static final String FORWARDS_CHAIN = RuleLayout.PREFIX + "-FORWARDS";
    /// Whose address is replaced by the host's, so that the answer comes back here.
    static final String MASQUERADE_CHAIN = RuleLayout.PREFIX + "-RETURNS";

    public static final String JUMP = "-j " + FORWARDS_CHAIN;
    /// Nothing but what came in through a published port is let past the other engine's rules.
    private static final String CTSTATE_DNAT = "-m conntrack --ctstate DNAT ";

    private ExternalPublishRules() {}

    static List<Chain> chains(Family family) {
        return List.of(
                new Chain(family, RuleLayout.FILTER, FORWARDS_CHAIN),
                new Chain(family, RuleLayout.NAT, FORWARDS_CHAIN),
                new Chain(family, RuleLayout.NAT, MASQUERADE_CHAIN));
    }

    /// How packets come into the chains. A host port that the other engine publishes itself stays its own: its
    /// rules are asked first.
    static List<Rule> baseRules(Family family) {
        String toThisHost = "-m addrtype --dst-type LOCAL ";
        return List.of(
                head(family, RuleLayout.FILTER, "INPUT", "-d " + family.loopbackPrefix() + " " + JUMP),
                head(family, RuleLayout.FILTER, "FORWARD", JUMP),
                tail(family, RuleLayout.NAT, "PREROUTING", toThisHost + JUMP),
                tail(family, RuleLayout.NAT, "OUTPUT", RuleLayout.excludeOwnLoopback(family) + toThisHost + JUMP),
                tail(family, RuleLayout.NAT, "POSTROUTING", CTSTATE_DNAT + "-j " + MASQUERADE_CHAIN));
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
        String container = family.hostPrefix(inside.address());
        String to = "-d " + container + " -o " + bridge + " " + translation.containerPortMatch() + " ";
        String back = "-s " + container + " -i " + bridge + " " + translation.replyMatch() + " ";
        List<Rule> rules = new ArrayList<>();
        if (family == Family.IPV4) {
            rules.add(loopbackGuard(bridge));
        }
        rules.add(tail(family, RuleLayout.FILTER, FORWARDS_CHAIN, to + CTSTATE_DNAT + "-j ACCEPT"));
        rules.add(tail(family, RuleLayout.FILTER, FORWARDS_CHAIN, back + CTSTATE_DNAT + "--ctdir REPLY -j ACCEPT"));
        if (port.hostAddress().isLoopbackAddress()) {
            rules.add(translation.localRule(FORWARDS_CHAIN));
        } else {
            rules.addAll(translation.rules(FORWARDS_CHAIN));
        }
        // What comes from 127.0.0.1 has to come from elsewhere, and a neighbour would be answered past the host.
        rules.add(tail(family, RuleLayout.NAT, MASQUERADE_CHAIN, to + "-m addrtype --src-type LOCAL -j MASQUERADE"));
        rules.add(
                tail(family, RuleLayout.NAT, MASQUERADE_CHAIN, "-s " + inside.network() + " " + to + "-j MASQUERADE"));
        return rules;
    }

    /// The bridge is let send packets from loopback addresses, and with that alone containers there could send to
    /// what listens on the host's loopback only, or is published there. It is told by where a packet was sent to at
    /// first, since another engine's rules may have translated it by then.
    private static Rule loopbackGuard(String bridge) {
        return head(
                Family.IPV4,
                RuleLayout.FILTER,
                FORWARDS_CHAIN,
                "-i " + bridge + " -m conntrack --ctorigdst " + Family.IPV4.loopbackPrefix()
                        + " --ctdir ORIGINAL -j DROP");
    }
}
