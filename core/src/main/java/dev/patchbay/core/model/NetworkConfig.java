package dev.patchbay.core.model;

import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// The requested settings of a network.
///
/// @param pools one for each address family; empty for the drivers host and null
/// @param poolsKnown false when an engine does not report whether it chose a pool
/// @param options of the driver
/// @param configuration name of the network that an engine takes its settings from; empty for none
public record NetworkConfig(
        List<Pool> pools,
        boolean poolsKnown,
        boolean attachable,
        Map<String, String> options,
        Change.EngineSettings engineSettings,
        String configuration) {
    /// A network without addresses.
    public static final NetworkConfig DEFAULT = new NetworkConfig(List.of(), true, false, Map.of());

    public NetworkConfig {
        pools = List.copyOf(pools);
        options = Map.copyOf(options);
    }

    /// A network without settings that only an engine has.
    public NetworkConfig(List<Pool> pools, boolean poolsKnown, boolean attachable, Map<String, String> options) {
        this(pools, poolsKnown, attachable, options, Change.EngineSettings.DEFAULT, "");
    }

    /// One pool that nobody chose.
    public static NetworkConfig of(Cidr subnet, InetAddress gateway) {
        return new NetworkConfig(
                List.of(new Pool(subnet, gateway, null, Map.of(), false, false)), true, false, Map.of());
    }
}
