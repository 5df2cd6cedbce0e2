package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// How packets to a host port are sent on: by one rule where it is for everyone, else by one for each network that
/// may use it, and one for the host.
///
/// @param address of the container, in the family
record PortTranslation(Family family, PortSpec port, InetAddress address) {

    /// For the host's own packets alone.
    Rule localRule(String chain) {
        return rule(chain, "-m addrtype --src-type LOCAL ");
    }

    List<Rule> rules(String chain) {
        if (port.allowed().isEmpty()) {
            return List.of(rule(chain, ""));
        }
        List<Rule> rules = new ArrayList<>();
        rules.add(localRule(chain));
        port.allowed().stream()
                .filter(source -> family.includes(source.address()))
                .forEach(source -> rules.add(rule(chain, "-s " + source + " ")));
        return rules;
    }

    private Rule rule(String chain, String source) {
        String destination =
                port.hostAddress().isAnyLocalAddress() ? "" : "-d " + family.hostPrefix(port.hostAddress()) + " ";
        boolean address = source.startsWith("-s");
        // iptables-save names addresses first, then the protocol, then what further matches ask.
        String match = address
                ? source + destination + portMatch(port.hostPorts())
                : destination + "-p " + port.protocol() + " " + source + dport(port.hostPorts());
        return tail(family, RuleLayout.NAT, chain, match + " -j DNAT --to-destination " + dnatTarget());
    }

    private String dnatTarget() {
        PortRange inside = port.containerPorts();
        if (inside.size() == 1) {
            return family.formatDestination(address, inside.first());
        }
        String host = Addresses.format(address);
        return inside.first() == port.hostPort()
                ? host
                : family.formatDestination(address, inside.first()) + "-" + inside.last() + "/" + port.hostPort();
    }

    /// With Docker 20.10 a neighbour of the host reaches a port on 127.0.0.1: a packet to that address is translated
    /// before the kernel would find it impossible.
    Rule rawLoopbackDrop() {
        return head(
                family,
                RuleLayout.RAW,
                "PREROUTING",
                "-d " + family.hostPrefix(port.hostAddress()) + " ! -i lo " + portMatch(port.hostPorts()) + " -j DROP");
    }

    String containerPortMatch() {
        return portMatch(port.containerPorts());
    }

    private String portMatch(PortRange ports) {
        return "-p " + port.protocol() + " " + dport(ports);
    }

    private String dport(PortRange ports) {
        return "-m " + port.protocol() + " --dport " + formatPorts(ports);
    }

    /// What comes from the container's ports.
    String replyMatch() {
        return "-p " + port.protocol() + " -m " + port.protocol() + " --sport " + formatPorts(port.containerPorts());
    }

    private static String formatPorts(PortRange ports) {
        return ports.size() == 1 ? "" + ports.first() : ports.first() + ":" + ports.last();
    }
}
