package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network that must exist.
///
/// @param name the person's name for it; never reaches the kernel
/// @param bridge kernel name of the bridge, `pb-` and twelve digits of the id (`patchbay0` for the default one)
///     unless the person chose another; empty unless the driver is [Driver#BRIDGE]
/// @param pools at most one per address family; empty for the drivers host and null
/// @param ipv6 containers get an IPv6 address too
/// @param internal no way in or out but through the bridge itself
/// @param attachable kept for inspect; every network here can be attached to
/// @param settings the driver options, read
/// @param configOnly holds settings for other networks to take over, and is none itself: the driver is [Driver#NULL]
/// @param requested the pools of a configuration, which are taken from it when a network is made of it
/// @param configFrom name of the network whose settings these are; empty for none
/// @param labels the person's own words
/// @param options the driver options as the person gave them, for inspect
/// @param predefined bridge, host and none: neither created nor removed by a person
public record NetworkSpec(
        Id id,
        String name,
        Instant created,
        Driver driver,
        String bridge,
        List<Pool> pools,
        boolean ipv6,
        boolean internal,
        boolean attachable,
        DriverSettings settings,
        boolean configOnly,
        List<PoolRequest> requested,
        String configFrom,
        Map<String, String> labels,
        Map<String, String> options,
        boolean predefined)
        implements Spec {
    public NetworkSpec {
        pools = List.copyOf(pools);
        requested = List.copyOf(requested);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
        if (name.isBlank()) {
            throw new IllegalArgumentException("invalid name: name is empty");
        }
        if (driver == Driver.BRIDGE) {
            LinkName.require(bridge, "bridge");
        } else if (!bridge.isEmpty()) {
            throw new IllegalArgumentException("a network of driver " + driver + " has no bridge: " + bridge);
        }
        if (configOnly && (driver != Driver.NULL || !configFrom.isEmpty())) {
            throw new IllegalArgumentException("a configuration is no network and has none of another: " + name);
        }
    }

    /// Whether it has addresses of both families; it never has IPv6 alone.
    public boolean hasIpv6() {
        return pools.stream().anyMatch(pool -> !pool.subnet().isIpv4());
    }

    /// The bridge's own address: random, as Docker's, and the same each time it is made. A bridge without one
    /// takes over the lowest of its ports', so that it changes with who comes and goes, and whoever knows the
    /// gateway by the old one loses it for half a minute.
    public MacAddress bridgeMac() {
        byte[] mac = {0x02, 0x42, 0, 0, 0, 0};
        System.arraycopy(HexFormat.of().parseHex(id.shortForm()), 0, mac, 2, 4);
        return MacAddress.of(mac);
    }

    /// The same network under another name.
    public NetworkSpec withName(String other) {
        return with(other, settings, configFrom, labels, options);
    }

    public NetworkSpec withLabels(Map<String, String> others) {
        return with(name, settings, configFrom, others, options);
    }

    /// The same network with another MTU, and the options that say so.
    public NetworkSpec withMtu(int mtu, Map<String, String> saying) {
        return with(name, settings.withMtu(mtu), configFrom, labels, saying);
    }

    /// The same network over a bridge that was there, or over one of its own.
    public NetworkSpec withAdoptedBridge(@Nullable AdoptedBridge found) {
        return with(name, settings.withAdoptedBridge(found), configFrom, labels, options);
    }

    /// The same network after its configuration got another name.
    public NetworkSpec withConfigFrom(String other) {
        return with(name, settings, other, labels, options);
    }

    private NetworkSpec with(
            String newName,
            DriverSettings newSettings,
            String newConfigFrom,
            Map<String, String> newLabels,
            Map<String, String> newOptions) {
        return new NetworkSpec(
                id,
                newName,
                created,
                driver,
                bridge,
                pools,
                ipv6,
                internal,
                attachable,
                newSettings,
                configOnly,
                requested,
                newConfigFrom,
                newLabels,
                newOptions,
                predefined);
    }

    /// Whether containers of this network may talk to each other.
    public boolean icc() {
        return settings.icc();
    }

    /// Whether packets that leave the subnet get the host's address.
    public boolean masquerade() {
        return settings.masquerade();
    }

    /// Host address of published ports that name none; every address when null.
    public @Nullable InetAddress hostBinding() {
        return settings.hostBinding();
    }

    /// Of both ends of each veth; the kernel's default when 0.
    public int mtu() {
        return settings.mtu();
    }
}
