package dev.patchbay.core.plan;

import dev.patchbay.core.Change;
import dev.patchbay.core.ipam.Subnetting;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.NetworkMistakes;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.naming.Names;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import java.util.stream.Collectors;

/// Creates and removes networks.
final class NetworkPlans {
    private NetworkPlans() {}

    static String create(Change.CreateNetwork asked, Draft draft, Situation situation) throws Mistake {
        Names.newNetwork(asked.name(), draft.specs());
        if (asked.driver() != Driver.BRIDGE) {
            throw NetworkMistakes.onlyOneInstance(asked.driver());
        }
        NetworkOptions options = NetworkOptions.read(asked.options());
        Pool pool = Subnetting.pool(
                asked.subnet(),
                asked.gateway(),
                asked.ipRange(),
                draft.specs(),
                situation.state().kernel());
        Id id = situation.ids().next();
        draft.put(new NetworkSpec(
                id,
                asked.name(),
                situation.now(),
                Driver.BRIDGE,
                NetworkSpec.bridgeName(id),
                List.of(pool),
                asked.internal(),
                options.icc(),
                options.masquerade(),
                options.hostBinding(),
                options.mtu(),
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
        List<EndpointSpec> endpoints = draft.specs().endpointsOn(network.id());
        String running = endpoints.stream()
                .map(endpoint -> draft.specs().sandbox(endpoint.sandbox()))
                .filter(SandboxSpec::running)
                .map(SandboxSpec::name)
                .collect(Collectors.joining(", "));
        if (!running.isEmpty()) {
            throw NetworkMistakes.activeEndpoints(network.name(), network.id(), running);
        }
        endpoints.forEach(endpoint -> EndpointPlans.detach(endpoint, draft));
        draft.remove(network.id());
        return asked.network();
    }
}
