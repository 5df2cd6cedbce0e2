package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The sysctls that a network sets on its bridge, apart from links and addresses.
public final class BridgeSysctls {
    private BridgeSysctls() {}

    static List<Sysctl.Assignment> of(NetworkSpec network) {
        List<Sysctl.Assignment> settings = new ArrayList<>();
        // Allows DNAT from 127.0.0.1:PORT of the host to the bridge.
        settings.add(SysctlKey.ROUTE_LOCALNET.of(network.bridge()).to("1"));
        if (network.hasIpv6()) {
            settings.addAll(Ipv6Sysctls.ofBridge(network.bridge()).assignments());
        }
        return settings;
    }

    /// Without them packets between two ports of a bridge bypass the rule that drops them. dockerd sets
    /// them too.
    static List<Sysctl.Assignment> bridgeNfCalls(NetworkSpec network) {
        return network.icc()
                ? List.of()
                : network.pools().stream()
                        .map(pool -> SysctlKey.bridgeNfCall(
                                        Family.of(pool.subnet().address()))
                                .to("1"))
                        .toList();
    }

    /// The settings that are compared with the kernel while the bridge exists.
    public static List<Sysctl.Assignment> compared(NetworkSpec network) {
        return Stream.concat(
                        Stream.of(SysctlKey.ROUTE_LOCALNET.of(network.bridge()).to("1")),
                        bridgeNfCalls(network).stream())
                .toList();
    }

    /// Their present values, read before the network is created; settings that the kernel lacks are left
    /// out.
    public static Map<String, String> current(NetworkSpec network) throws EngineException {
        Map<String, String> now = new LinkedHashMap<>();
        for (Sysctl.Assignment setting : of(network)) {
            String value = Sysctl.read(setting.name());
            if (value != null) {
                now.put(setting.name().toString(), value);
            }
        }
        return now;
    }
}
