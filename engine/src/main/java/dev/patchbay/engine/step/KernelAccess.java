package dev.patchbay.engine.step;

import dev.patchbay.engine.dns.DnsService;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.sandbox.WorkloadRegistry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The access to the host's kernel that steps use.
///
/// @param links of the host's network namespace
/// @param firewalls one for each family that the host can filter; IPv4 always exists
public record KernelAccess(
        RouteNetlink links, Map<Family, Firewall> firewalls, WorkloadRegistry workloads, DnsService dns) {
    public KernelAccess {
        firewalls = Collections.unmodifiableMap(new EnumMap<>(firewalls));
    }

    public Firewall firewall(Family family) {
        return Objects.requireNonNull(firewalls.get(family));
    }
}
