package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.DriverRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plans the requests of an engine to Patchbay's network driver (`core.docker.driver`). The engine
/// chooses names, ids and addresses. Each endpoint gets a sandbox of its own, since the engine does not
/// say whose it is.
///
/// An engine that got no answer repeats its request, so an object that already is as requested stays.
public final class RemoteDriverPlans {
    private RemoteDriverPlans() {}

    /// Whether an engine created it through the driver; such a network keeps the engine's id.
    public static boolean isDriverNetwork(NetworkSpec network) {
        return network.name().equals(network.id().shortForm());
    }

    public static SpecPlanner createNetwork(Id id, Change.CreateNetwork asked) {
        return planner("create network " + id.shortForm(), (changes, context) -> {
            if (changes.specs().find(id) == null) {
                NetworkPlans.create(id, asked, changes, context);
            }
        });
    }

    /// Also removes endpoints that the engine forgot.
    public static SpecPlanner removeNetwork(Id id) {
        return planner("remove network " + id.shortForm(), (changes, _) -> {
            if (changes.specs().find(id) instanceof NetworkSpec) {
                changes.specs().endpointsOn(id).forEach(endpoint -> removeEndpoint(endpoint, changes));
                changes.remove(id);
            }
        });
    }

    /// @param addresses assigned by the engine, at most one of each family
    /// @param mac null for the one that Docker derives from the IPv4 address
    public static SpecPlanner createEndpoint(Id id, Id network, List<Cidr> addresses, @Nullable MacAddress mac) {
        return planner("plug endpoint " + id.shortForm(), (changes, context) -> {
            if (!(changes.specs().find(network) instanceof NetworkSpec)) {
                throw DriverRefusals.unknownNetwork(network);
            }
            if (changes.specs().find(id) != null) {
                return;
            }
            Cidr ipv4 = addresses.stream()
                    .filter(Cidr::isIpv4)
                    .findFirst()
                    .orElseThrow(() -> DriverRefusals.withoutIpv4(network));
            // The engine assigns an address again only after its previous owner was removed.
            addresses.stream()
                    .flatMap(address -> changes.specs().endpointsByAddress(network, address.address()).stream())
                    .toList()
                    .forEach(stale -> removeEndpoint(stale, changes));
            SandboxSpec sandbox =
                    SandboxSpec.driverManaged(context.ids().next(), "endpoint-" + id.shortForm(), context.now());
            changes.put(sandbox);
            changes.put(new EndpointSpec(
                    id,
                    network,
                    sandbox.id(),
                    Ownership.unmovedPeerInterface(id),
                    addresses,
                    mac == null ? MacAddress.fromIpv4(ipv4.address()) : mac,
                    List.of(),
                    false,
                    0,
                    false,
                    false,
                    mac != null));
        });
    }

    public static SpecPlanner deleteEndpoint(Id id) {
        return planner("unplug endpoint " + id.shortForm(), (changes, _) -> {
            if (changes.specs().find(id) instanceof EndpointSpec endpoint) {
                removeEndpoint(endpoint, changes);
            }
        });
    }

    /// Sets all ports that are published through this endpoint.
    public static SpecPlanner publish(Id id, List<PortMapping> mappings) {
        return planner("publish ports of endpoint " + id.shortForm(), (changes, context) -> {
            if (!(changes.specs().find(id) instanceof EndpointSpec endpoint)) {
                throw DriverRefusals.unknownEndpoint(id);
            }
            unpublish(endpoint, changes);
            for (PortMapping mapping : mappings) {
                List<PortSpec> ports = PortPlans.unbound(mapping, endpoint.sandbox(), context);
                PortPlans.bind(ports, endpoint, changes, context);
            }
        });
    }

    public static SpecPlanner unpublish(Id id) {
        return planner("unpublish ports of endpoint " + id.shortForm(), (changes, _) -> {
            if (changes.specs().find(id) instanceof EndpointSpec endpoint) {
                unpublish(endpoint, changes);
            }
        });
    }

    /// Removes endpoints whose veth is missing in the kernel, as after a reboot: only the engine can
    /// restore it, with a new endpoint.
    public static SpecPlanner removeStaleEndpoints() {
        return planner("forget endpoints that are gone", (changes, context) -> {
            Set<Id> present = context.state().kernel().links().stream()
                    .flatMap(link -> Stream.ofNullable(Ownership.owner(link)))
                    .collect(Collectors.toSet());
            changes.specs().endpoints().stream()
                    .filter(endpoint ->
                            changes.specs().sandbox(endpoint.sandbox()).movesVethItself()
                                    && !present.contains(endpoint.id()))
                    .forEach(endpoint -> removeEndpoint(endpoint, changes));
        });
    }

    private static void removeEndpoint(EndpointSpec endpoint, SpecChangeBuilder changes) {
        unpublish(endpoint, changes);
        changes.remove(endpoint.id());
        changes.remove(endpoint.sandbox());
    }

    private static void unpublish(EndpointSpec endpoint, SpecChangeBuilder changes) {
        changes.specs().portsOfEndpoint(endpoint.id()).forEach(port -> changes.remove(port.id()));
    }

    private interface SpecEdit {
        void edit(SpecChangeBuilder changes, PlanContext context) throws RefusedException, EngineException;
    }

    private static SpecPlanner planner(String title, SpecEdit drawing) {
        return situation -> {
            SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
            drawing.edit(draft, situation);
            return SpecPlan.action(draft.change(), title);
        };
    }
}
