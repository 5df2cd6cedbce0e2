package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;

/// Finds out which address families this host can filter.
public final class HostFirewalls {
    private static final System.Logger LOG = System.getLogger(HostFirewalls.class.getName());

    private HostFirewalls() {}

    /// IPv4 always; IPv6 where the kernel speaks it and its rules can be read. Without, everything but networks with
    /// IPv6 works.
    public static Map<Family, Firewall> detect() throws EngineException {
        Map<Family, Firewall> firewalls = new EnumMap<>(Family.class);
        TransactionCounter transactions = new TransactionCounter();
        firewalls.put(Family.IPV4, new Iptables(Family.IPV4, transactions));
        if (Sysctl.read(SysctlKey.IPV6_FORWARDING.ofNamespace()) != null) {
            Firewall firewall = new Iptables(Family.IPV6, transactions);
            try {
                firewall.read();
                firewalls.put(Family.IPV6, firewall);
            } catch (EngineException e) {
                LOG.log(Level.INFO, "no networks with IPv6 on this host", e);
            }
        }
        return firewalls;
    }

    /// Others for the same families, with a knowledge of their own of the rules.
    public static Map<Family, Firewall> separateFor(Map<Family, Firewall> firewalls) {
        TransactionCounter transactions = new TransactionCounter();
        Map<Family, Firewall> others = new EnumMap<>(Family.class);
        firewalls.keySet().forEach(family -> others.put(family, new Iptables(family, transactions)));
        return others;
    }
}
