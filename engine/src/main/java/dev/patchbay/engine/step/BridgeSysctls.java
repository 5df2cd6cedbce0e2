package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a network sets on its bridge in the kernel, the links and addresses aside.
public final class BridgeSysctls {
    private BridgeSysctls() {}

    /// Whether packets from loopback addresses may leave over a bridge, and come in.
    public static String routeLocalnetKey(String bridge) {
        return Sysctl.linkKey("ipv4", bridge, "route_localnet");
    }

    /// By key, what each is set to.
    static Map<String, String> of(NetworkSpec network) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Lets 127.0.0.1:PORT of the host be rewritten towards the bridge.
        settings.put(routeLocalnetKey(network.bridge()), "1");
        if (network.hasIpv6()) {
            settings.putAll(Ipv6Sysctls.ofBridge(network.bridge()).values());
        }
        return settings;
    }

    /// What they are now, before the network is made; those that the kernel has.
    public static Map<String, String> current(NetworkSpec network) throws EngineException {
        Map<String, String> now = new LinkedHashMap<>();
        for (String key : of(network).keySet()) {
            String value = Sysctl.read(key);
            if (value != null) {
                now.put(key, value);
            }
        }
        return now;
    }
}
