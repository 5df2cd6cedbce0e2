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
import dev.patchbay.engine.container.Driver;
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

    static String create(Change.CreateNetwork typed, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException {
        return create(context.ids().next(), typed, changes, context);
    }

    /// @param id of the new network
    static String create(Id id, Change.CreateNetwork typed, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException {
        if (typed.manager() == Manager.ENGINE) {
            throw NetworkRefusals.noEngine();
        }
        NameRules.checkNetworkName(typed.name(), changes.specs());
        if (typed.configOnly()) {
            changes.put(ConfigNetworks.create(id, typed, context));
            return id.value();
        }
        Change.CreateNetwork asked = ConfigNetworks.resolve(typed, changes.specs());
        Driver driver = driver(asked);
        KernelState kernel = context.state().kernel();
        ParentLink carrier = ParentLink.choose(id, driver, asked.internal(), asked.options(), changes.specs(), kernel);
        List<Pool> pools = PoolAllocator.pools(
                SpecAddresses.uniqueLocalPrefix(id, changes.specs()),
                asked.pools(),
                asked.ipv6(),
                SpecAddresses.subnets(changes.specs()),
                kernel);
        checkMtu(asked.ipv6(), carrier.settings().mtu());
        changes.put(new NetworkSpec(
                id,
                asked.name(),
                context.now(),
                driver,
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
                asked.engineSettings().ipamOptions(),
                false));
        return id.value();
    }

    private static Driver driver(Change.CreateNetwork asked) throws RefusedException {
        Driver driver = Driver.named(asked.driver()).orElseThrow(() -> NetworkRefusals.unknownDriver(asked.driver()));
        if (!driver.hasEndpoints()) {
            throw NetworkRefusals.onlyOneInstance(driver);
        }
        Change.EngineSettings engine = asked.engineSettings();
        if (!engine.ipv4()) {
            throw NetworkRefusals.withoutIpv4();
        }
        if (engine.ingress()) {
            throw NetworkRefusals.ingressIsGlobal();
        }
        if (!engine.scope().isEmpty() && !engine.scope().equals("local")) {
            throw NetworkRefusals.scopeNotActive(engine.scope());
        }
        if (!engine.ipamDriver().equals(Change.EngineSettings.DEFAULT_IPAM_DRIVER)) {
            throw NetworkRefusals.unknownIpamDriver(engine.ipamDriver());
        }
        return driver;
    }

    static void checkMtu(boolean ipv6, int mtu) throws RefusedException {
        if (ipv6 && mtu != 0 && mtu < NetworkOptions.SMALLEST_IPV6_MTU) {
            throw NetworkRefusals.mtuTooSmallForIpv6(mtu);
        }
    }

    /// Stopped containers do not keep a network: their endpoints are removed with it.
    static String remove(Change.RemoveNetwork asked, SpecChangeBuilder changes) throws RefusedException {
        NetworkSpec network = NameLookup.network(changes.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkRefusals.removePredefined(network.name());
        }
        if (network.configOnly()) {
            ConfigNetworks.checkUnused(network, changes.specs());
        }
        String running = changes.specs().endpointsOn(network.id()).stream()
                .map(endpoint -> changes.specs().sandbox(endpoint.sandbox()))
                .filter(SandboxSpec::running)
                .map(SandboxSpec::name)
                .collect(Collectors.joining(", "));
        if (!running.isEmpty()) {
            throw NetworkRefusals.activeEndpoints(network.name(), network.id(), running);
        }
        removeWithEndpoints(network, changes);
        return asked.network();
    }

    private static void removeWithEndpoints(NetworkSpec network, SpecChangeBuilder changes) {
        changes.specs().endpointsOn(network.id()).forEach(endpoint -> EndpointPlans.detach(endpoint, changes));
        changes.remove(network.id());
    }

    /// The network of a stopped container stays, as its address does. Docker removes it, and the
    /// container does not start again.
    static String prune(Change.PruneNetworks asked, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException {
        PruneFilters filters = PruneFilters.read(asked.filters(), context.now());
        List<String> removed = new ArrayList<>();
        for (NetworkSpec network : changes.specs().networks()) {
            if (!network.predefined()
                    && !network.configOnly()
                    && changes.specs().endpointsOn(network.id()).isEmpty()
                    && filters.match(network.labels(), network.created())) {
                changes.remove(network.id());
                removed.add(network.name());
            }
        }
        return String.join("\n", removed);
    }
}
