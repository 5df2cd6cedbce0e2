package dev.patchbay.core.docker.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.ipam.SubnetPool;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/// The pools that an engine takes subnets from. Docker tells those that were configured (`default-address-pools`);
/// Podman tells none, whatever its `containers.conf` says.
public final class EngineSubnetPools {
    /// `localScopeDefaultNetworks` of libnetwork's ipamutils.
    private static final List<SubnetPool> DOCKER = List.of(
            SubnetPool.of("172.17.0.0/16", 16),
            SubnetPool.of("172.18.0.0/16", 16),
            SubnetPool.of("172.19.0.0/16", 16),
            SubnetPool.of("172.20.0.0/14", 16),
            SubnetPool.of("172.24.0.0/14", 16),
            SubnetPool.of("172.28.0.0/14", 16),
            SubnetPool.of("192.168.0.0/16", 20));

    /// `default_subnet_pools` of containers.conf.
    private static final List<SubnetPool> PODMAN = List.of(
            SubnetPool.builtIn("10.89.0.0/16", 24),
            SubnetPool.builtIn("10.90.0.0/15", 24),
            SubnetPool.builtIn("10.92.0.0/14", 24),
            SubnetPool.builtIn("10.96.0.0/11", 24),
            SubnetPool.builtIn("10.128.0.0/9", 24));

    private EngineSubnetPools() {}

    /// @param info the engine's answer to `/info`
    public static List<SubnetPool> of(JsonNode info, boolean podman) {
        if (podman) {
            return PODMAN;
        }
        List<SubnetPool> configured = new ArrayList<>();
        for (JsonNode pool : info.path("DefaultAddressPools")) {
            Cidr base = JsonValues.subnet(pool.path("Base"));
            int size = pool.path("Size").asInt();
            if (base != null && SubnetPool.isValid(base, size)) {
                configured.add(new SubnetPool(base, size, false));
            }
        }
        return configured.isEmpty() ? DOCKER : configured;
    }
}
