package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.Cidr;
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
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the objects whose rules are next to those of another object in each chain, on the side that
/// determines a rule's position: a rule is placed below the one that it follows, or else above the next
/// one.
final class AdjacentRules {
    private record Slot(Chain chain, Placement placement) {}

    /// Everything that decides in which chains a network or port has rules; there are few different
    /// keys.
    private sealed interface LayoutKey {
        record OfNetwork(Driver driver, boolean icc, boolean masquerade, Set<Family> families) implements LayoutKey {}

        record OfPort(
                boolean internal,
                boolean open,
                boolean loopback,
                Set<Family> outside,
                Set<Family> inside,
                Driver driver)
                implements LayoutKey {}
    }

    private final Specs specs;
    private final Set<Id> changing;
    private final Map<LayoutKey, Set<Slot>> slotsByLayout = new HashMap<>();

    /// @param within objects of the same change: they do not determine each other's positions
    AdjacentRules(Specs specs, Set<Id> within) {
        this.specs = specs;
        this.changing = within;
    }

    Set<Id> of(Spec spec) {
        Set<Id> found = new HashSet<>();
        Set<Slot> places = slots(spec);
        Set<Slot> head = only(places, Placement.HEAD);
        Set<Slot> tail = only(places, Placement.TAIL);
        if (spec instanceof PortSpec) {
            // The rules of ports are in the order of creation, below those of all networks.
            findAdjacent(specs.createdBefore(spec), head, found);
            findAdjacent(specs.networksOldestFirst(), head, found);
            findAdjacent(specs.createdBefore(spec), tail, found);
            findAdjacent(specs.networksNewestFirst(), tail, found);
        } else if (spec instanceof ExternalPublishSpec) {
            // These are in the order of creation as well, in chains of their own.
            findAdjacent(specs.createdBefore(spec), head, found);
            findAdjacent(specs.createdBefore(spec), tail, found);
        } else {
            // The rules at the head of a chain are in reverse order of creation.
            findAdjacent(specs.createdAfter(spec), head, found);
            findAdjacent(specs.createdBefore(spec), tail, found);
        }
        findAdjacent(specs.createdAfter(spec), tail, found);
        return found;
    }

    /// Removes each slot from `places` that has found a neighbour.
    private void findAdjacent(Iterable<Spec> candidates, Set<Slot> places, Set<Id> found) {
        if (places.isEmpty()) {
            return;
        }
        for (Spec candidate : candidates) {
            if (!changing.contains(candidate.id()) && places.removeAll(exclusiveSlots(candidate))) {
                found.add(candidate.id());
                olderPortsWithSameTarget(candidate).forEach(twin -> found.add(twin.id()));
            }
            if (places.isEmpty()) {
                return;
            }
        }
    }

    /// Without slots that share all their rules with an older port.
    private Set<Slot> exclusiveSlots(Spec spec) {
        List<PortSpec> olderPorts = olderPortsWithSameTarget(spec);
        if (olderPorts.isEmpty()) {
            return slots(spec);
        }
        Set<Rule> shared = olderPorts.stream().flatMap(this::rules).collect(Collectors.toSet());
        return slotsOf(rules(spec).filter(rule -> !shared.contains(rule)));
    }

    /// Ports with the same container port share the rule of the oldest one.
    private List<PortSpec> olderPortsWithSameTarget(Spec spec) {
        return spec instanceof PortSpec port
                ? specs.portsOf(port.sandbox()).stream()
                        .takeWhile(other -> !other.id().equals(port.id()))
                        .filter(other -> other.protocol() == port.protocol()
                                && other.containerPorts().equals(port.containerPorts()))
                        .toList()
                : List.of();
    }

    /// Cached, because a search may pass all objects.
    private Set<Slot> slots(Spec spec) {
        LayoutKey kind = layoutKey(spec);
        return kind == null ? computeSlots(spec) : slotsByLayout.computeIfAbsent(kind, _ -> computeSlots(spec));
    }

    /// Null for an object whose chains depend on more than the key has.
    private @Nullable LayoutKey layoutKey(Spec spec) {
        return switch (spec) {
            case NetworkSpec network
            when !network.internal() ->
                new LayoutKey.OfNetwork(
                        network.driver(),
                        network.icc(),
                        network.masquerade(),
                        families(network.pools().stream()
                                .map(pool -> pool.subnet().address())));
            case PortSpec port
            when port.endpoint() != null && specs.isActive(port) -> {
                EndpointSpec endpoint = specs.endpoint(port.endpoint());
                NetworkSpec network = specs.network(endpoint.network());
                List<InetAddress> outside = port.hostAddresses(endpoint);
                yield new LayoutKey.OfPort(
                        network.internal(),
                        port.allowed().isEmpty(),
                        outside.stream().anyMatch(InetAddress::isLoopbackAddress),
                        families(outside.stream()),
                        families(endpoint.addresses().stream().map(Cidr::address)),
                        network.driver());
            }
            case NetworkSpec _, PortSpec _, SandboxSpec _, EndpointSpec _, ExternalPublishSpec _ -> null;
        };
    }

    private static Set<Family> families(Stream<InetAddress> addresses) {
        return addresses.map(Family::of).collect(Collectors.toUnmodifiableSet());
    }

    private Set<Slot> computeSlots(Spec spec) {
        return slotsOf(rules(spec));
    }

    private Stream<Rule> rules(Spec spec) {
        return Stream.of(Family.values()).flatMap(family -> Ruleset.rulesOf(family, specs, spec).stream());
    }

    private static Set<Slot> slotsOf(Stream<Rule> rules) {
        return rules.map(rule -> new Slot(rule.chain(), rule.placement())).collect(Collectors.toSet());
    }

    private static Set<Slot> only(Set<Slot> places, Placement placement) {
        return places.stream()
                .filter(place -> place.placement() == placement)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
