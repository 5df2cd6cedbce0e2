package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.rule.RuleSpec.match;
import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.rule.Match;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.rule.Target;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// How packets to a host port are translated: with one rule for a port that is open to all sources,
/// otherwise with one rule for each allowed network and one for the host.
///
/// @param address of the container, in the family
record PortTranslation(Family family, PortSpec port, InetAddress address) {

    /// For the host's own packets only.
    Rule localRule(OwnChain chain) {
        return rule(chain, match().fromHost());
    }

    List<Rule> rules(OwnChain chain) {
        if (port.allowed().isEmpty()) {
            return List.of(rule(chain, match()));
        }
        List<Rule> rules = new ArrayList<>();
        rules.add(localRule(chain));
        port.allowed().stream()
                .filter(source -> family.includes(source.address()))
                .forEach(source -> rules.add(rule(chain, match().from(source))));
        return rules;
    }

    private Rule rule(OwnChain chain, RuleSpec.Builder source) {
        RuleSpec.Builder packets =
                port.hostAddress().isAnyLocalAddress() ? source : source.to(family.hostPrefix(port.hostAddress()));
        return tail(
                family,
                chain,
                packets.toPorts(port.protocol(), port.hostPorts()).then(dnat()));
    }

    private Target.Dnat dnat() {
        PortRange inside = port.containerPorts();
        if (inside.size() == 1) {
            return new Target.Dnat(address, inside, 0);
        }
        return inside.first() == port.hostPort()
                ? new Target.Dnat(address, null, 0)
                : new Target.Dnat(address, inside, port.hostPort());
    }

    /// With Docker 20.10 a neighbour of the host can reach a port on 127.0.0.1: DNAT changes a packet to
    /// that address before the kernel would drop it as martian.
    Rule rawLoopbackDrop() {
        return head(
                family,
                OwnChain.LOOPBACK,
                match().to(family.hostPrefix(port.hostAddress()))
                        .notIn(Match.LOOPBACK)
                        .toPorts(port.protocol(), port.hostPorts())
                        .drop());
    }

    /// Packets to the container's ports.
    RuleSpec.Builder toContainer() {
        return match().to(family.hostPrefix(address)).toPorts(port.protocol(), port.containerPorts());
    }

    /// Packets from the container's ports.
    RuleSpec.Builder fromContainer() {
        return match().from(family.hostPrefix(address)).fromPorts(port.protocol(), port.containerPorts());
    }
}
