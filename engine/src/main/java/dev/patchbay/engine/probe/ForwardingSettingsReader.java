package dev.patchbay.engine.probe;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.os.Sysctl;
import java.util.ArrayList;
import java.util.List;

/// Reads the settings that decide about packets.
public final class ForwardingSettingsReader {
    private static final String RP_FILTER_STRICT = "1";

    private ForwardingSettingsReader() {}

    public static ForwardingSettings read(List<Link> links) throws EngineException {
        List<String> localnet = new ArrayList<>();
        List<String> strict = new ArrayList<>();
        boolean everyLocalnet = isOn(Sysctl.linkKey("ipv4", "all", "route_localnet"));
        String everyFilter = value(Sysctl.linkKey("ipv4", "all", "rp_filter"));
        for (Link link : links) {
            if (everyLocalnet || isOn(Sysctl.linkKey("ipv4", link.name(), "route_localnet"))) {
                localnet.add(link.name());
            }
            // The kernel takes the larger of the two numbers, and 2 is the milder way.
            String own = value(Sysctl.linkKey("ipv4", link.name(), "rp_filter"));
            if (RP_FILTER_STRICT.equals(own.compareTo(everyFilter) > 0 ? own : everyFilter)) {
                strict.add(link.name());
            }
        }
        return new ForwardingSettings(
                isOn("net.ipv4.ip_forward"),
                isOn("net.ipv6.conf.all.forwarding"),
                isOn("net.bridge.bridge-nf-call-iptables"),
                isOn("net.bridge.bridge-nf-call-ip6tables"),
                localnet,
                strict);
    }

    private static boolean isOn(String key) throws EngineException {
        return "1".equals(Sysctl.read(key));
    }

    /// A link that went away meanwhile has none.
    private static String value(String key) throws EngineException {
        String value = Sysctl.read(key);
        return value == null ? "0" : value;
    }
}
