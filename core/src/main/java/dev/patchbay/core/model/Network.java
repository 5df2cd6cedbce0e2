package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as the picture shows it.
///
/// @param bridge kernel name of the link that carries it: its bridge, or the parent of macvlan links; empty for
///     others
/// @param configOnly no network, but settings that others are made of
/// @param mtu 0 for the kernel's default
/// @param bridgeUp the kernel has that link and it is up
/// @param freeAddresses how many more containers could get an address
/// @param attached Patchbay manages it beside an engine, which does not know of it
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

    /// One that is known to whoever has its containers.
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

    /// Of IPv4; null for the drivers host and null.
    public @Nullable Cidr subnet() {
        Pool pool = pool();
        return pool == null ? null : pool.subnet();
    }

    /// Of IPv4; null for the drivers host and null.
    public @Nullable InetAddress gateway() {
        Pool pool = pool();
        return pool == null ? null : pool.gateway();
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
