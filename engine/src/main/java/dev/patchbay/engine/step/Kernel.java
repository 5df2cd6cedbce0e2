package dev.patchbay.engine.step;

import dev.patchbay.engine.dns.NameServer;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.sandbox.Runs;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The ways to change the host that steps work on.
///
/// @param links of the host's network namespace
/// @param firewalls one for each family that the host can filter; IPv4 is always there
public record Kernel(RouteNetlink links, Map<Family, Firewall> firewalls, Runs runs, NameServer names) {
    public Kernel {
        firewalls = Collections.unmodifiableMap(new EnumMap<>(firewalls));
    }

    public Firewall firewall(Family family) {
        return Objects.requireNonNull(firewalls.get(family));
    }
}
