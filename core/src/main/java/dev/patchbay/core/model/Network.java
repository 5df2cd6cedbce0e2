package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network in a topology.
///
/// @param bridge kernel name of its link: its bridge, or the parent of macvlan and ipvlan links; empty for
///     others
/// @param configOnly whether it is only a configuration for other networks
/// @param mtu 0 for the kernel's default
/// @param bridgeUp whether the kernel has that link and it is up
/// @param freeAddresses number of addresses for further containers
/// @param attached whether Patchbay manages it beside an engine, which does not know it
public record Network(
        Id id,
        String name,
        Instant created,
        NetworkDriver driver,
        String bridge,
        NetworkConfig config,
        boolean internal,
        boolean ipv6,
        boolean configOnly,
        int mtu,
        boolean predefined,
        boolean bridgeUp,
        long usableAddresses,
        long freeAddresses,
        Map<String, String> labels,
        boolean attached) {

    /// A network that the manager of its containers knows.
    public Network(
            Id id,
            String name,
            Instant created,
            NetworkDriver driver,
            String bridge,
            NetworkConfig config,
            boolean internal,
            boolean ipv6,
            boolean configOnly,
            int mtu,
            boolean predefined,
            boolean bridgeUp,
            long usableAddresses,
            long freeAddresses,
            Map<String, String> labels) {
        this(
                id,
                name,
                created,
                driver,
                bridge,
                config,
                internal,
                ipv6,
                configOnly,
                mtu,
                predefined,
                bridgeUp,
                usableAddresses,
                freeAddresses,
                labels,
                false);
    }

    /// The IPv4 subnet; null for the drivers host and null.
    public @Nullable Cidr subnet() {
        Pool pool = pool();
        return pool == null ? null : pool.subnet();
    }

    /// The IPv4 gateway of its containers; null for a network without one.
    public @Nullable InetAddress gateway() {
        Pool pool = pool();
        return pool == null || !driver.hasGateway(pool, config.options()) ? null : pool.gateway();
    }

    /// Whether its containers are on a bridge of the host. The link of another driver is the parent of their links.
    public boolean hasBridge() {
        return driver.makesBridges() && !configOnly && !bridge.isEmpty();
    }

    /// Whether an engine made it by a driver of its own, which does not tell what it chose itself.
    public boolean ofEngine() {
        return !attached && !config.poolsKnown() && !driver.isOwnPlugin();
    }

    private @Nullable Pool pool() {
        for (Pool pool : config.pools()) {
            if (pool.subnet().isIpv4()) {
                return pool;
            }
        }
        return null;
    }

    public Network asAttached() {
        return new Network(
                id,
                name,
                created,
                driver,
                bridge,
                config,
                internal,
                ipv6,
                configOnly,
                mtu,
                predefined,
                bridgeUp,
                usableAddresses,
                freeAddresses,
                labels,
                true);
    }
}
