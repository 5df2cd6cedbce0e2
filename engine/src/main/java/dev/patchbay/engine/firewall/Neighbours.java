package dev.patchbay.engine.firewall;

import dev.patchbay.engine.firewall.Rule.Placement;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the objects whose rules stand next to those of another in each chain, on the side that a rule's place is told
/// from: a rule goes below the one it follows, and where it follows none, above the next one.
final class Neighbours {
    private record Place(Chain chain, Placement placement) {}

    private final Specs specs;
    private final Set<Id> within;

    /// @param within objects that come and go together: none of them tells where another's rules go
    Neighbours(Specs specs, Set<Id> within) {
        this.specs = specs;
        this.within = within;
    }

    Set<Id> of(Spec spec) {
        Set<Id> found = new HashSet<>();
        Set<Place> places = places(spec);
        Set<Place> head = only(places, Placement.HEAD);
        Set<Place> tail = only(places, Placement.TAIL);
        if (spec instanceof PortSpec) {
            // Ports stand in order, below all networks.
            walk(specs.olderThan(spec), head, found);
            walk(specs.oldestNetworks(), head, found);
            walk(specs.olderThan(spec), tail, found);
            walk(specs.youngestNetworks(), tail, found);
        } else {
            // The rules at the head of newer networks stand above those of older ones.
            walk(specs.youngerThan(spec), head, found);
            walk(specs.olderThan(spec), tail, found);
        }
        walk(specs.youngerThan(spec), tail, found);
        return found;
    }

    /// Takes what it finds a neighbour for out of `places`.
    private void walk(Iterable<Spec> candidates, Set<Place> places, Set<Id> found) {
        if (places.isEmpty()) {
            return;
        }
        for (Spec candidate : candidates) {
            if (!within.contains(candidate.id()) && places.removeAll(places(candidate))) {
                found.add(candidate.id());
            }
            if (places.isEmpty()) {
                return;
            }
        }
    }

    private Set<Place> places(Spec spec) {
        return Stream.of(Family.values())
                .flatMap(family -> Ruleset.rulesOf(family, specs, spec).stream())
                .map(rule -> new Place(rule.chain(), rule.placement()))
                .collect(Collectors.toSet());
    }

    private static Set<Place> only(Set<Place> places, Placement placement) {
        return places.stream()
                .filter(place -> place.placement() == placement)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
