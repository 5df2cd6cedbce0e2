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
    private static final String RP_FILTER_LOOSE = "2";

    private ForwardingSettingsReader() {}

    public static ForwardingSettings read(List<Link> links) throws EngineException {
        List<String> localnet = new ArrayList<>();
        List<String> strict = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        List<String> markedReverse = new ArrayList<>();
        boolean everyLocalnet = isOn(SysctlKey.ROUTE_LOCALNET.of("all"));
        boolean everyMarkedReverse = isOn(SysctlKey.SRC_VALID_MARK.of("all"));
        String everyFilter = value(SysctlKey.RP_FILTER.of("all"));
        for (Link link : links) {
            if (everyLocalnet || isOn(SysctlKey.ROUTE_LOCALNET.of(link.name()))) {
                localnet.add(link.name());
            }
            // The kernel uses the larger of the two numbers, and 2 is the less strict mode.
            String own = value(SysctlKey.RP_FILTER.of(link.name()));
            String larger = own.compareTo(everyFilter) > 0 ? own : everyFilter;
            if (larger.equals(RP_FILTER_STRICT)) {
                strict.add(link.name());
            } else if (larger.equals(RP_FILTER_LOOSE)) {
                loose.add(link.name());
            }
            if (everyMarkedReverse || isOn(SysctlKey.SRC_VALID_MARK.of(link.name()))) {
                markedReverse.add(link.name());
            }
        }
        return new ForwardingSettings(
                isOn(SysctlKey.IP_FORWARD.ofNamespace()),
                isOn(SysctlKey.IPV6_FORWARDING.ofNamespace()),
                isOn(SysctlKey.BRIDGE_NF_CALL_IPTABLES.ofNamespace()),
                isOn(SysctlKey.BRIDGE_NF_CALL_IP6TABLES.ofNamespace()),
                localnet,
                strict,
                loose,
                markedReverse);
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
