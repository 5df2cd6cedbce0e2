package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The rules of one published port: Docker's, and where a port is not for everyone, what keeps the others out. A
/// range of ports has as many rules as one port.
final class PublishedPortRules {
    private static final String CTSTATE_DNAT = "-m conntrack --ctstate DNAT ";

    private final Family family;
    private final PortSpec port;
    private final NetworkSpec network;
    private final PortTranslation translation;
    private final String containerMatch;

    /// @param address of the container, in the family
    PublishedPortRules(Family family, PortSpec port, NetworkSpec network, InetAddress address) {
        this.family = family;
        this.port = port;
        this.network = network;
        this.translation = new PortTranslation(family, port, address);
        this.containerMatch = "-d " + family.hostPrefix(address) + " ";
    }

    List<Rule> rules() {
        String bridge = network.bridge();
        String inside = translation.containerPortMatch();
        List<Rule> rules = new ArrayList<>();
        if (port.hostAddress().isLoopbackAddress()) {
            rules.add(translation.rawLoopbackDrop());
        }
        if (isRestricted()) {
            rules.add(dropDirect(inside));
        }
        rules.add(tail(
                family,
                RuleLayout.FILTER,
                RuleLayout.PUBLISHED_PORTS,
                containerMatch + "! -i " + bridge + " -o " + bridge + " " + inside + " -j ACCEPT"));
        // A container that reaches itself through the host's port must see the answer come from outside.
        rules.add(tail(
                family,
                RuleLayout.NAT,
                "POSTROUTING",
                "-s " + family.hostPrefix(translation.address()) + " " + containerMatch + inside + " -j MASQUERADE"));
        if (network.internal()) {
            rules.add(masqueradeInternal(inside));
        }
        rules.addAll(translation.rules(RuleLayout.PUBLISHED_PORTS));
        return rules;
    }

    private boolean isRestricted() {
        return port.hostAddress().isLoopbackAddress() || !port.allowed().isEmpty();
    }

    /// Drops packets sent to the container's own address: they bypass the list of allowed sources.
    private Rule dropDirect(String inside) {
        String bridge = network.bridge();
        return tail(
                family,
                RuleLayout.FILTER,
                RuleLayout.PUBLISHED_PORTS,
                containerMatch + "! -i " + bridge + " -o " + bridge + " " + inside
                        + " -m conntrack ! --ctstate DNAT -j DROP");
    }

    /// A container on an internal network has no route to whoever asks, but it has one to its own bridge.
    private Rule masqueradeInternal(String inside) {
        return tail(
                family,
                RuleLayout.NAT,
                "POSTROUTING",
                containerMatch + "-o " + network.bridge() + " " + inside + " " + CTSTATE_DNAT + "-j MASQUERADE");
    }

    /// What an internal network with published ports has above the rules that shut it: packets to such a port, and
    /// the answers to them.
    static List<Rule> internalOpenings(Family family, NetworkSpec network) {
        String bridge = network.bridge();
        String outward = "-i " + bridge + " ! -o " + bridge + " " + CTSTATE_DNAT + "--ctdir REPLY -j ";
        return List.of(
                head(
                        family,
                        RuleLayout.FILTER,
                        "FORWARD",
                        "-o " + bridge + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"),
                head(family, RuleLayout.FILTER, "FORWARD", "-o " + bridge + " -j " + RuleLayout.PUBLISHED_PORTS),
                head(family, RuleLayout.FILTER, "FORWARD", outward + "ACCEPT"),
                head(
                        family,
                        RuleLayout.FILTER,
                        RuleLayout.STAGE_1,
                        "! -i " + bridge + " -o " + bridge + " " + CTSTATE_DNAT + "-j RETURN"),
                head(family, RuleLayout.FILTER, RuleLayout.STAGE_1, outward + "RETURN"));
    }
}
