package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.VethRequest;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.SysctlKey;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The Lab's uplink: `eth0` of its host, and at the other end the namespace `outside` that represents
/// the outside, in each family that the host has. The outside has no route to container networks, so
/// answers come back only to masqueraded packets.
final class LabUplink {
    private static final String INTERFACE = "eth0";

    /// The two ends of the uplink in one family.
    private record UplinkAddresses(Cidr host, Cidr outside) {}

    // RFC 5737 TEST-NET-2 and RFC 3849: no real host has these addresses.
    private static final Map<Family, UplinkAddresses> ADDRESSES = Map.of(
            Family.IPV4,
            new UplinkAddresses(Cidr.of("198.51.100.2/24"), Cidr.of("198.51.100.1/24")),
            Family.IPV6,
            new UplinkAddresses(Cidr.of("2001:db8::2/64"), Cidr.of("2001:db8::1/64")));

    private LabUplink() {}

    /// Creates the uplink in a Lab that has none; changes by a person stay.
    static void ensure(RouteNetlink links, Map<Family, Firewall> firewalls) throws EngineException {
        if (Namespaces.names().contains(NetnsName.OUTSIDE) && links.link(INTERFACE) != null) {
            return;
        }
        if (!Namespaces.names().contains(NetnsName.OUTSIDE)) {
            Namespaces.create(NetnsName.OUTSIDE).close();
        }
        createVeth(links, firewalls.keySet());
        for (Map.Entry<Family, Firewall> entry : firewalls.entrySet()) {
            // As dockerd does when it turns forwarding on.
            SysctlKey.forwarding(entry.getKey()).to("1").write();
            Firewall firewall = entry.getValue();
            firewall.run(RuleScript.forwardPolicyDrop(entry.getKey(), firewall.read()));
        }
    }

    private static void createVeth(RouteNetlink links, Set<Family> families) throws EngineException {
        Cidr gateway = addresses(Family.IPV4).outside();
        try (Namespace outside = Namespaces.open(NetnsName.OUTSIDE);
                RouteNetlink inner = RouteNetlink.openIn(outside)) {
            int index = links.createVeth(new VethRequest(
                    INTERFACE, 0, "the outside", 0, 0, outside, INTERFACE, MacAddress.fromIpv4(gateway.address())));
            Link end = inner.link(INTERFACE);
            if (end == null) {
                throw new EngineException("make the uplink", "the veth has no end outside");
            }
            inner.setUp("lo");
            inner.setUp(end.index());
            for (Family family : families) {
                UplinkAddresses addresses = addresses(family);
                inner.addAddress(end.index(), addresses.outside());
                links.addAddress(index, addresses.host());
                links.addDefaultRoute(addresses.outside().address(), index);
            }
        }
    }

    private static UplinkAddresses addresses(Family family) {
        return Objects.requireNonNull(ADDRESSES.get(family));
    }
}
