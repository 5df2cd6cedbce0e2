package dev.patchbay.engine.firewall;

import dev.patchbay.engine.firewall.Rule.Placement;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// All chains and rules of ours that must exist, of one family.
///
/// @param rules of one chain in the order they have there; the chains follow one another as they come
public record Ruleset(List<Chain> chains, List<Rule> rules) {
    /// A host without Patchbay.
    public static final Ruleset NONE = new Ruleset(List.of(), List.of());

    public Ruleset {
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }

    /// What the specs call for in one family: the base, every network, and the ports that are in force. A host on
    /// which no network has IPv6 is left without our IPv6 chains, and needs no tool to make them.
    public static Ruleset of(Family family, Specs specs) {
        if (family == Family.IPV6 && specs.networks().stream().noneMatch(NetworkSpec::hasIpv6)) {
            return NONE;
        }
        List<Rule> head = new ArrayList<>();
        List<Rule> tail = new ArrayList<>();
        add(RuleLayout.base(family), head, tail);
        List<NetworkSpec> networks = specs.networks();
        List<Rule> ports = new ArrayList<>();
        Set<Id> publishing = new HashSet<>();
        for (PortSpec port : specs.ports()) {
            if (port.endpoint() != null && specs.inForce(port)) {
                EndpointSpec endpoint = specs.endpoint(port.endpoint());
                List<Rule> rules = RuleLayout.of(family, port, endpoint, specs.network(endpoint.network()));
                ports.addAll(rules);
                if (!rules.isEmpty()) {
                    publishing.add(endpoint.network());
                }
            }
        }
        for (NetworkSpec network : networks.reversed()) {
            if (network.internal() && publishing.contains(network.id())) {
                add(PortRules.openings(family, network), head, tail);
            }
            add(RuleLayout.of(family, network), head, new ArrayList<>());
        }
        networks.forEach(network -> add(RuleLayout.of(family, network), new ArrayList<>(), tail));
        add(ports, head, tail);
        // Two host ports that lead to one container port share rules.
        Set<Rule> rules = new LinkedHashSet<>(head);
        rules.addAll(tail);
        return new Ruleset(RuleLayout.chains(family), List.copyOf(rules));
    }

    /// The rules of each chain, top down.
    public SequencedMap<Chain, List<Rule>> byChain() {
        SequencedMap<Chain, List<Rule>> result = new LinkedHashMap<>();
        rules.forEach(rule ->
                result.computeIfAbsent(rule.chain(), chain -> new ArrayList<>()).add(rule));
        return result;
    }

    private static void add(List<Rule> rules, List<Rule> head, List<Rule> tail) {
        rules.forEach(rule -> (rule.placement() == Placement.HEAD ? head : tail).add(rule));
    }
}
