package dev.patchbay.engine.probe;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.os.SysctlName;
import java.util.ArrayList;
import java.util.List;

/// Reads the settings that decide about packets beside the rules.
public final class ForwardingSettingsReader {
    private static final String RP_FILTER_STRICT = "1";

    private ForwardingSettingsReader() {}

    public static ForwardingSettings read(List<Link> links) throws EngineException {
        List<String> localnet = new ArrayList<>();
        List<String> strict = new ArrayList<>();
        boolean everyLocalnet = isOn(SysctlKey.ROUTE_LOCALNET.of("all"));
        String everyFilter = value(SysctlKey.RP_FILTER.of("all"));
        for (Link link : links) {
            if (everyLocalnet || isOn(SysctlKey.ROUTE_LOCALNET.of(link.name()))) {
                localnet.add(link.name());
            }
            // The kernel uses the larger of the two numbers, and 2 is the less strict mode.
            String own = value(SysctlKey.RP_FILTER.of(link.name()));
            if (RP_FILTER_STRICT.equals(own.compareTo(everyFilter) > 0 ? own : everyFilter)) {
                strict.add(link.name());
            }
        }
        return new ForwardingSettings(
                isOn(SysctlKey.IP_FORWARD.ofNamespace()),
                isOn(SysctlKey.IPV6_FORWARDING.ofNamespace()),
                isOn(SysctlKey.BRIDGE_NF_CALL_IPTABLES.ofNamespace()),
                isOn(SysctlKey.BRIDGE_NF_CALL_IP6TABLES.ofNamespace()),
                localnet,
                strict);
    }

    private static boolean isOn(SysctlName name) throws EngineException {
        return "1".equals(Sysctl.read(name));
    }

    /// A link that was deleted meanwhile has no settings.
    private static String value(SysctlName name) throws EngineException {
        String value = Sysctl.read(name);
        return value == null ? "0" : value;
    }
}
