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

/// All chains and rules of ours that must exist, of one family.
///
/// @param rules of one chain in the order they have there; the chains follow one another as they come
public record Ruleset(List<Chain> chains, List<Rule> rules) {
    /// A host without Patchbay.
    public static final Ruleset EMPTY = new Ruleset(List.of(), List.of());

    public Ruleset {
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }

    /// What the specs call for in one family: the base, every network, and the ports that are in force. A host on
    /// which no network has IPv6 is left without our IPv6 chains, and needs no tool to make them.
    public static Ruleset of(Family family, Specs specs) {
        return of(family, specs, specs.networks(), specs.ports(), specs.externalPublishes());
    }

    /// As much of it as is about these networks and ports.
    ///
    /// @param networks in the order of the specs
    /// @param ports likewise
    /// @param forwards likewise
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
        // Two host ports that lead to one container port share rules.
        Set<Rule> rules = new LinkedHashSet<>(head);
        rules.addAll(tail);
        return new Ruleset(chains, List.copyOf(rules));
    }

    /// The rules that this one of the specs brings.
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

    /// Without what is in these tables.
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
