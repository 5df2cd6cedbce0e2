package dev.patchbay.core.plan;

import dev.patchbay.core.Change;
import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.ipam.Subnetting;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.NetworkMistakes;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.naming.Names;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PoolRequest;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Creates and removes networks.
final class NetworkPlans {
    private NetworkPlans() {}

    static String create(Change.CreateNetwork asked, Draft draft, Situation situation) throws Mistake {
        Names.newNetwork(asked.name(), draft.specs());
        if (asked.driver() != Driver.BRIDGE) {
            throw NetworkMistakes.onlyOneInstance(asked.driver());
        }
        DriverSettings settings = NetworkOptions.read(asked.options());
        if (asked.pools().size() > 1) {
            throw NetworkMistakes.severalSubnets();
        }
        PoolRequest pool =
                asked.pools().isEmpty() ? PoolRequest.ANY : asked.pools().getFirst();
        Id id = situation.ids().next();
        draft.put(new NetworkSpec(
                id,
                asked.name(),
                situation.now(),
                Driver.BRIDGE,
                NetworkSpec.bridgeName(id),
                List.of(Subnetting.pool(pool, draft.specs(), situation.state().kernel())),
                asked.ipv6(),
                asked.internal(),
                asked.attachable(),
                settings,
                asked.configOnly(),
                List.of(),
                "",
                asked.labels(),
                asked.options(),
                false));
        return id.value();
    }

    /// Stopped containers do not hold a network: their places on it go with it.
    static String remove(Change.RemoveNetwork asked, Draft draft) throws Mistake {
        NetworkSpec network = Lookup.network(draft.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkMistakes.removePredefined(network.name());
        }
        String running = draft.specs().endpointsOn(network.id()).stream()
                .map(endpoint -> draft.specs().sandbox(endpoint.sandbox()))
                .filter(SandboxSpec::running)
                .map(SandboxSpec::name)
                .collect(Collectors.joining(", "));
        if (!running.isEmpty()) {
            throw NetworkMistakes.activeEndpoints(network.name(), network.id(), running);
        }
        takeAway(network, draft);
        return asked.network();
    }

    private static void takeAway(NetworkSpec network, Draft draft) {
        draft.specs().endpointsOn(network.id()).forEach(endpoint -> EndpointPlans.detach(endpoint, draft));
        draft.remove(network.id());
    }

    /// A stopped container's network stays, as its address does; Docker takes it away, and the container does not
    /// start again.
    static String prune(Change.PruneNetworks asked, Draft draft, Situation situation) throws Mistake {
        PruneFilters filters = PruneFilters.read(asked.filters(), situation.now());
        List<String> removed = new ArrayList<>();
        for (NetworkSpec network : draft.specs().networks()) {
            if (!network.predefined()
                    && !network.configOnly()
                    && draft.specs().endpointsOn(network.id()).isEmpty()
                    && filters.match(network)) {
                draft.remove(network.id());
                removed.add(network.name());
            }
        }
        return String.join("\n", removed);
    }

    /// The subnet, the driver and all that the rules are made of stay: containers hold addresses of them.
    static String update(Change.UpdateNetwork asked, Draft draft) throws Mistake {
        NetworkSpec network = Lookup.network(draft.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkMistakes.updatePredefined(network.name());
        }
        NetworkSpec updated = network;
        if (asked.name() != null && !asked.name().equals(network.name())) {
            Names.newNetwork(asked.name(), draft.specs());
            updated = updated.named(asked.name());
        }
        Map<String, String> labels = new HashMap<>(network.labels());
        for (String label : asked.removeLabels()) {
            if (labels.remove(label) == null) {
                throw NetworkMistakes.noSuchLabel(network.name(), label);
            }
        }
        labels.putAll(asked.addLabels());
        updated = updated.labelled(labels);
        if (asked.mtu() != null) {
            Map<String, String> options = new HashMap<>(network.options());
            options.put(NetworkOptions.MTU, asked.mtu());
            updated = updated.withMtu(NetworkOptions.mtu(asked.mtu()), options);
        }
        if (!updated.equals(network)) {
            draft.put(updated);
        }
        return updated.name();
    }
}
