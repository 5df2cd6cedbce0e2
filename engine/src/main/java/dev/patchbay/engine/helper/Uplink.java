package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Sysctl;
import dev.patchbay.engine.netlink.VethRequest;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.MacAddress;
import java.net.InetAddress;

/// A Lab's way out: `eth0` of its host, and at the other end the namespace `outside` that plays the rest of the world.
/// The
/// outside has no route to any container network, so an answer comes back only to what was masqueraded.
final class Uplink {
    private static final String OUTSIDE = "outside";
    private static final String INTERFACE = "eth0";
    // RFC 5737 TEST-NET-2: never a real host's.
    private static final Cidr HOST_ADDRESS = Cidr.of("198.51.100.2/24");
    private static final Cidr OUTSIDE_ADDRESS = Cidr.of("198.51.100.1/24");

    private Uplink() {}

    /// Makes it in a Lab that has none; what a person changed by hand since then stays.
    static void ensure(RouteNetlink links, Firewall firewall) throws EngineException {
        if (Namespaces.names().contains(OUTSIDE) && links.link(INTERFACE) != null) {
            return;
        }
        if (!Namespaces.names().contains(OUTSIDE)) {
            Namespaces.create(OUTSIDE).close();
        }
        plug(links);
        // As dockerd when it is the one that switches forwarding on.
        Sysctl.write("net.ipv4.ip_forward", "1");
        firewall.run(RuleScript.forwardPolicyDrop(firewall.read()));
    }

    private static void plug(RouteNetlink links) throws EngineException {
        InetAddress gateway = OUTSIDE_ADDRESS.address();
        try (Namespace outside = Namespaces.open(OUTSIDE);
                RouteNetlink inner = RouteNetlink.openIn(outside)) {
            int index = links.createVeth(new VethRequest(
                    INTERFACE, 0, "the outside", 0, 0, outside, INTERFACE, MacAddress.fromIpv4(gateway)));
            Link end = inner.link(INTERFACE);
            if (end == null) {
                throw new EngineException("make the uplink", "the veth has no end outside");
            }
            inner.setUp("lo");
            inner.addAddress(end.index(), OUTSIDE_ADDRESS);
            inner.setUp(end.index());
            links.addAddress(index, HOST_ADDRESS);
            links.addDefaultRoute(gateway, index);
        }
    }
}
