package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a network sets on its bridge in the kernel, the links and addresses aside.
public final class BridgeSysctls {
    private BridgeSysctls() {}

    /// By key, what each is set to.
    static Map<String, String> of(NetworkSpec network) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Lets 127.0.0.1:PORT of the host be rewritten towards the bridge.
        settings.put(SysctlKey.ROUTE_LOCALNET.of(network.bridge()), "1");
        if (network.hasIpv6()) {
            settings.putAll(Ipv6Sysctls.ofBridge(network.bridge()).values());
        }
        return settings;
    }

    /// Without them packets between two ports of one bridge pass by the rule that drops them. As dockerd.
    static List<Sysctl.Assignment> bridgeNfCalls(NetworkSpec network) {
        return network.icc()
                ? List.of()
                : network.pools().stream()
                        .map(pool -> new Sysctl.Assignment(
                                SysctlKey.bridgeNfCall(Family.of(pool.subnet().address())), "1"))
                        .toList();
    }

    /// Those that are compared with the kernel for as long as the bridge is there.
    public static List<Sysctl.Assignment> compared(NetworkSpec network) {
        return Stream.concat(
                        Stream.of(new Sysctl.Assignment(SysctlKey.ROUTE_LOCALNET.of(network.bridge()), "1")),
                        bridgeNfCalls(network).stream())
                .toList();
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
