package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.ipam.PoolAllocator;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Configurations (`--config-only`), with which other networks are created (`--config-from`).
final class ConfigNetworks {
    private ConfigNetworks() {}

    /// Its subnets are checked now, and assigned when a network is created with it; its options are
    /// parsed then.
    static NetworkSpec create(Id id, Change.CreateNetwork asked, PlanContext context) throws RefusedException {
        if (asked.internal() || asked.attachable()) {
            throw NetworkRefusals.operatorFieldsInConfiguration();
        }
        if (asked.configFrom() != null) {
            throw NetworkRefusals.configFromInConfiguration();
        }
        for (PoolRequest pool : asked.pools()) {
            if (pool.subnet() != null) {
                PoolAllocator.pool(pool, List.of(), context.state().kernel());
            }
        }
        return new NetworkSpec(
                id,
                asked.name(),
                context.now(),
                Driver.NULL,
                "",
                List.of(),
                asked.ipv6(),
                false,
                false,
                DriverSettings.DEFAULT,
                true,
                asked.pools(),
                "",
                asked.labels(),
                asked.options(),
                asked.engineSettings().ipamOptions(),
                false);
    }

    /// The request with all settings of its configuration; unchanged when it has none.
    static Change.CreateNetwork resolve(Change.CreateNetwork asked, Specs specs) throws RefusedException {
        String name = asked.configFrom();
        if (name == null) {
            return asked;
        }
        if (asked.ipv6() || !asked.pools().isEmpty()) {
            throw NetworkRefusals.settingsWithConfigFrom();
        }
        if (!asked.options().isEmpty()) {
            throw NetworkRefusals.optionsWithConfigFrom();
        }
        NetworkSpec configuration = specs.networks().stream()
                .filter(network -> network.configOnly() && network.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NetworkRefusals.noSuchConfiguration(name));
        Map<String, String> labels = new HashMap<>(configuration.labels());
        labels.putAll(asked.labels());
        Map<String, String> ipamOptions = new HashMap<>(configuration.ipamOptions());
        ipamOptions.putAll(asked.engineSettings().ipamOptions());
        return new Change.CreateNetwork(
                asked.name(),
                asked.driver(),
                configuration.requested(),
                configuration.ipv6(),
                asked.internal(),
                asked.attachable(),
                false,
                name,
                labels,
                configuration.options(),
                asked.engineSettings().withIpamOptions(ipamOptions),
                asked.manager());
    }

    static void checkUnused(NetworkSpec configuration, Specs specs) throws RefusedException {
        String users = specs.networks().stream()
                .filter(network -> network.configFrom().equals(configuration.name()))
                .map(NetworkSpec::name)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            throw NetworkRefusals.configurationInUse(configuration.name(), users);
        }
    }
}
