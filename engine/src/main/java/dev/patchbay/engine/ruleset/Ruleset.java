package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.Rule.Placement;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// All our chains and rules of one family that must exist.
///
/// @param rules in the order of each chain; the chains follow one another
public record Ruleset(List<Chain> chains, List<Rule> rules) {
    /// A host without Patchbay.
    public static final Ruleset EMPTY = new Ruleset(List.of(), List.of());

    public Ruleset {
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }

    /// The rules of the specs in one family: the base rules, those of every network, and those of the
    /// ports in force. On a host without IPv6 networks there are no IPv6 chains of ours, and no tool is
    /// needed to make them.
    public static Ruleset of(Family family, Specs specs) {
        return of(family, specs, specs.networks(), specs.ports(), specs.externalPublishes());
    }

    /// Only the rules of these networks and ports.
    ///
    /// @param networks in the order of the specs
    /// @param ports in the order of the specs
    /// @param forwards in the order of the specs
    static Ruleset of(
            Family family,
            Specs specs,
            List<NetworkSpec> networks,
            List<PortSpec> ports,
            List<ExternalPublishSpec> forwards) {
        List<Chain> chains = new ArrayList<>();
        List<Rule> head = new ArrayList<>();
        List<Rule> tail = new ArrayList<>();
        if (specs.hasExternalPublishes(family)) {
            chains.addAll(ExternalPublishRules.chains(family));
            add(ExternalPublishRules.baseRules(family), head, tail);
            forwards.forEach(forward -> add(rulesOf(family, specs, forward), head, tail));
        }
        if (family == Family.IPV4 ? specs.hasNetworks() : specs.hasIpv6Networks()) {
            chains.addAll(RuleLayout.chains(family));
            add(RuleLayout.baseRules(family), head, tail);
        }
        networks.reversed().forEach(network -> add(rulesOf(family, specs, network), head, new ArrayList<>()));
        networks.forEach(network -> add(rulesOf(family, specs, network), new ArrayList<>(), tail));
        ports.forEach(port -> add(rulesOf(family, specs, port), head, tail));
        // Two host ports with one container port share rules.
        Set<Rule> rules = new LinkedHashSet<>(head);
        rules.addAll(tail);
        return new Ruleset(chains, List.copyOf(rules));
    }

    /// The rules of this spec.
    static List<Rule> rulesOf(Family family, Specs specs, Spec spec) {
        return switch (spec) {
            case NetworkSpec network -> {
                List<Rule> rules = new ArrayList<>();
                if (network.internal() && publishes(family, specs, network)) {
                    rules.addAll(PublishedPortRules.internalOpenings(family, network));
                }
                rules.addAll(RuleLayout.of(family, network));
                yield rules;
            }
            case PortSpec port -> {
                if (port.endpoint() == null || !specs.isActive(port)) {
                    yield List.of();
                }
                EndpointSpec endpoint = specs.endpoint(port.endpoint());
                yield RuleLayout.of(family, port, endpoint, specs.network(endpoint.network()));
            }
            case ExternalPublishSpec forward -> ExternalPublishRules.rulesOf(family, forward);
            case SandboxSpec _, EndpointSpec _ -> List.of();
        };
    }

    /// Without the rules of these tables.
    public Ruleset without(Set<String> tables) {
        return tables.isEmpty()
                ? this
                : new Ruleset(
                        chains.stream()
                                .filter(chain -> !tables.contains(chain.table()))
                                .toList(),
                        rules.stream()
                                .filter(rule -> !tables.contains(rule.chain().table()))
                                .toList());
    }

    private static boolean publishes(Family family, Specs specs, NetworkSpec network) {
        return specs.endpointsOn(network.id()).stream()
                .flatMap(endpoint -> specs.portsOfEndpoint(endpoint.id()).stream())
                .anyMatch(port -> !rulesOf(family, specs, port).isEmpty());
    }

    /// The rules of each chain, from its top.
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
