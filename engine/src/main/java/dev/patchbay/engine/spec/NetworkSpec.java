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
/// @param name given by the person; never reaches the kernel
/// @param bridge kernel name of the bridge: `pb-` and twelve digits of the id (`patchbay0` for the
///     default network) unless the person chose another; empty unless the driver is [Driver#BRIDGE]
/// @param pools at most one per address family; empty for the drivers host and null
/// @param ipv6 whether containers get an IPv6 address too
/// @param internal whether packets stay on the bridge
/// @param attachable kept for inspect only
/// @param settings the parsed driver options
/// @param configOnly whether it is only a configuration for other networks; its driver is [Driver#NULL]
/// @param requested the pools of a configuration, for networks that are created from it
/// @param configFrom name of the network whose configuration it uses; empty for none
/// @param labels given by the person
/// @param options the driver options as the person gave them, for inspect
/// @param ipamOptions of its address driver, kept for inspect only
/// @param predefined whether it is bridge, host or none, which a person neither creates nor removes
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
        Map<String, String> ipamOptions,
        boolean predefined)
        implements Spec {
    public NetworkSpec {
        pools = List.copyOf(pools);
        requested = List.copyOf(requested);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
        ipamOptions = Map.copyOf(ipamOptions);
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

    /// Whether it has addresses of both families; no network has only IPv6.
    public boolean hasIpv6() {
        return pools.stream().anyMatch(pool -> !pool.subnet().isIpv4());
    }

    /// The bridge's MAC: random, as Docker's, and the same each time the bridge is created. A bridge
    /// without a MAC of its own takes the lowest one of its ports. It would change with them, and
    /// neighbours that cached the old one would lose the gateway for half a minute.
    public MacAddress bridgeMac() {
        byte[] mac = {0x02, 0x42, 0, 0, 0, 0};
        System.arraycopy(HexFormat.of().parseHex(id.shortForm()), 0, mac, 2, 4);
        return MacAddress.of(mac);
    }

    /// The same network with another name.
    public NetworkSpec withName(String other) {
        return with(other, settings, configFrom, labels, options);
    }

    public NetworkSpec withLabels(Map<String, String> others) {
        return with(name, settings, configFrom, others, options);
    }

    /// The same network with another MTU, and the options for it.
    public NetworkSpec withMtu(int mtu, Map<String, String> saying) {
        return with(name, settings.withMtu(mtu), configFrom, labels, saying);
    }

    /// The same network on an adopted bridge, or on a bridge of its own.
    public NetworkSpec withAdoptedBridge(@Nullable AdoptedBridge found) {
        return with(name, settings.withAdoptedBridge(found), configFrom, labels, options);
    }

    /// The same network after its configuration was renamed.
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
                ipamOptions,
                predefined);
    }

    /// Whether containers of this network may reach each other.
    public boolean icc() {
        return settings.icc();
    }

    /// Whether packets that leave the subnet get the host's address.
    public boolean masquerade() {
        return settings.masquerade();
    }

    /// Host address of published ports without an address; every address when null.
    public @Nullable InetAddress hostBinding() {
        return settings.hostBinding();
    }

    /// MTU of both ends of each veth; the kernel's default when 0.
    public int mtu() {
        return settings.mtu();
    }
}
