package dev.patchbay.core.lab.plan;

import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.ipam.PoolAllocator;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Creates and removes networks.
final class NetworkPlans {
    private NetworkPlans() {}

    static String create(Change.CreateNetwork typed, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        return create(situation.ids().next(), typed, draft, situation);
    }

    /// @param id of the new network
    static String create(Id id, Change.CreateNetwork typed, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        if (typed.manager() == Manager.ENGINE) {
            throw NetworkRefusals.noEngine();
        }
        NameRules.checkNetworkName(typed.name(), draft.specs());
        if (typed.configOnly()) {
            draft.put(ConfigNetworks.create(id, typed, situation));
            return id.value();
        }
        Change.CreateNetwork asked = ConfigNetworks.resolve(typed, draft.specs());
        if (!asked.driver().hasEndpoints()) {
            throw NetworkRefusals.onlyOneInstance(asked.driver());
        }
        KernelState kernel = situation.state().kernel();
        ParentLink carrier =
                ParentLink.choose(id, asked.driver(), asked.internal(), asked.options(), draft.specs(), kernel);
        List<Pool> pools = PoolAllocator.pools(
                SpecAddresses.uniqueLocalPrefix(id, draft.specs()),
                asked.pools(),
                asked.ipv6(),
                SpecAddresses.subnets(draft.specs()),
                kernel);
        checkMtu(asked.ipv6(), carrier.settings().mtu());
        draft.put(new NetworkSpec(
                id,
                asked.name(),
                situation.now(),
                asked.driver(),
                carrier.bridge(),
                pools,
                asked.ipv6(),
                asked.internal(),
                asked.attachable(),
                carrier.settings(),
                false,
                List.of(),
                Objects.requireNonNullElse(asked.configFrom(), ""),
                asked.labels(),
                asked.options(),
                false));
        return id.value();
    }

    static void checkMtu(boolean ipv6, int mtu) throws RefusedException {
        if (ipv6 && mtu != 0 && mtu < NetworkOptions.SMALLEST_IPV6_MTU) {
            throw NetworkRefusals.mtuTooSmallForIpv6(mtu);
        }
    }

    /// Stopped containers do not keep a network: their endpoints are removed with it.
    static String remove(Change.RemoveNetwork asked, SpecChangeBuilder draft) throws RefusedException {
        NetworkSpec network = NameLookup.network(draft.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkRefusals.removePredefined(network.name());
        }
        if (network.configOnly()) {
            ConfigNetworks.checkUnused(network, draft.specs());
        }
        String running = draft.specs().endpointsOn(network.id()).stream()
                .map(endpoint -> draft.specs().sandbox(endpoint.sandbox()))
                .filter(SandboxSpec::running)
                .map(SandboxSpec::name)
                .collect(Collectors.joining(", "));
        if (!running.isEmpty()) {
            throw NetworkRefusals.activeEndpoints(network.name(), network.id(), running);
        }
        removeWithEndpoints(network, draft);
        return asked.network();
    }

    private static void removeWithEndpoints(NetworkSpec network, SpecChangeBuilder draft) {
        draft.specs().endpointsOn(network.id()).forEach(endpoint -> EndpointPlans.detach(endpoint, draft));
        draft.remove(network.id());
    }

    /// The network of a stopped container stays, as its address does. Docker removes it, and the
    /// container does not start again.
    static String prune(Change.PruneNetworks asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        PruneFilters filters = PruneFilters.read(asked.filters(), situation.now());
        List<String> removed = new ArrayList<>();
        for (NetworkSpec network : draft.specs().networks()) {
            if (!network.predefined()
                    && !network.configOnly()
                    && draft.specs().endpointsOn(network.id()).isEmpty()
                    && filters.match(network.labels(), network.created())) {
                draft.remove(network.id());
                removed.add(network.name());
            }
        }
        return String.join("\n", removed);
    }
}
