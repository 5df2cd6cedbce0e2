package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rules before and after an action, as far as the action needs them.
///
/// They are the rules of the networks and ports that it changes, and of enough neighbours to determine
/// the position of a new rule in its chain. So the cost of computing the edits does not depend on the
/// number of other rules.
///
/// @param objects the networks and ports whose rules are included
public record RuleChange(Specs before, Specs after, Set<Id> objects) {
    public RuleChange {
        objects = Set.copyOf(objects);
    }

    /// @param after the specs after the change
    public static RuleChange of(Specs before, SpecChange change, Specs after) {
        Touched touched = new Touched(before, after);
        change.remove().forEach(touched::add);
        change.put().stream().map(Spec::id).forEach(touched::add);
        Set<Id> within = Set.copyOf(touched.objects);
        RuleChange own = new RuleChange(before, after, within);
        // Most actions change no rule, and the search for neighbours may pass all objects.
        if (Stream.of(Family.values()).allMatch(family -> own.from(family).equals(own.to(family)))) {
            return own;
        }
        touched.addAdjacent(before, within);
        touched.addAdjacent(after, within);
        return new RuleChange(before, after, touched.objects);
    }

    public RuleChange inverse() {
        return new RuleChange(after, before, objects);
    }

    /// The included rules before the action, in the order of the full ruleset.
    public Ruleset from(Family family) {
        return subset(family, before);
    }

    public Ruleset to(Family family) {
        return subset(family, after);
    }

    private Ruleset subset(Family family, Specs specs) {
        return Ruleset.of(
                family,
                specs,
                specs.inCreationOrder(objects, NetworkSpec.class),
                specs.inCreationOrder(objects, PortSpec.class),
                specs.inCreationOrder(objects, ExternalPublishSpec.class));
    }

    private static final class Touched {
        private final Specs before;
        private final Specs after;
        private final Set<Id> objects = new HashSet<>();

        Touched(Specs before, Specs after) {
            this.before = before;
            this.after = after;
        }

        void add(Id id) {
            for (Specs specs : List.of(before, after)) {
                switch (specs.find(id)) {
                    case NetworkSpec network -> {
                        objects.add(network.id());
                        specs.endpointsOn(network.id()).forEach(endpoint -> addPortsOf(endpoint.sandbox()));
                    }
                    case SandboxSpec sandbox -> addPortsOf(sandbox.id());
                    case EndpointSpec endpoint -> addPortsOf(endpoint.sandbox());
                    case PortSpec port -> addPortsOf(port.sandbox());
                    case ExternalPublishSpec forward -> addExternalPublish(forward);
                    case null -> {}
                }
            }
        }

        /// All ports of the sandbox, because ports with the same container port share rules.
        private void addPortsOf(Id sandbox) {
            for (Specs specs : List.of(before, after)) {
                for (PortSpec port : specs.portsOf(sandbox)) {
                    objects.add(port.id());
                    // The rules of an internal network depend on its published ports.
                    if (port.endpoint() != null) {
                        objects.add(specs.endpoint(port.endpoint()).network());
                    }
                }
            }
        }

        /// With the ports on the same bridge, which share rules.
        private void addExternalPublish(ExternalPublishSpec forward) {
            objects.add(forward.id());
            if (forward.target() instanceof ExternalPublishSpec.Target target) {
                for (Specs specs : List.of(before, after)) {
                    specs.externalPublishesToBridge(target.bridge()).forEach(other -> objects.add(other.id()));
                }
            }
        }

        void addAdjacent(Specs specs, Set<Id> within) {
            AdjacentRules neighbours = new AdjacentRules(specs, within);
            for (Id id : List.copyOf(objects)) {
                if (specs.find(id) instanceof Spec spec) {
                    objects.addAll(neighbours.of(spec));
                }
            }
        }
    }
}
