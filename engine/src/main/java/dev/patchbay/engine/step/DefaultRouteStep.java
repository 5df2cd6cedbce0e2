package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.net.InetAddress;
import java.util.List;

/// Moves a sandbox's default route to, or away from, an endpoint that stays attached.
public record DefaultRouteStep(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean add)
        implements Step {

    @Override
    public String name() {
        return (add ? "add" : "delete") + " default route of " + new NetnsRef(sandbox).name() + " via "
                + endpoint.interfaceName();
    }

    @Override
    public List<String> commandLines() {
        return lines(network, sandbox, endpoint, add);
    }

    static List<String> lines(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean here) {
        return gateways(network, endpoint).stream()
                .map(gateway -> line(gateway, sandbox, endpoint, here))
                .toList();
    }

    private static String line(InetAddress gateway, SandboxSpec sandbox, EndpointSpec endpoint, boolean here) {
        boolean ipv6 = Family.of(gateway) == Family.IPV6;
        String ip = new NetnsRef(sandbox).ipCommand() + (ipv6 ? " -6" : "") + " route ";
        return here
                ? ip + "replace default via " + Addresses.format(gateway) + " dev " + endpoint.interfaceName()
                : ip + "delete default dev " + endpoint.interfaceName();
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        change(add);
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (new NetnsRef(sandbox).exists()) {
            change(!add);
        }
    }

    private void change(boolean lead) throws EngineException {
        try (Namespace namespace = new NetnsRef(sandbox).open();
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            set(inner, network, endpoint, lead);
        }
    }

    static void set(RouteNetlink inner, NetworkSpec network, EndpointSpec endpoint, boolean lead)
            throws EngineException {
        Link link = inner.link(endpoint.interfaceName());
        if (link == null) {
            return;
        }
        for (InetAddress gateway : gateways(network, endpoint)) {
            if (lead) {
                inner.replaceDefaultRoute(gateway, link.index());
            } else {
                inner.deleteDefaultRoute(gateway, link.index());
            }
        }
    }

    /// One gateway for each family that the endpoint has an address of; none for an internal network,
    /// which has no route to the outside. Docker 20.10 sets a route there too, which is a defect.
    static List<InetAddress> gateways(NetworkSpec network, EndpointSpec endpoint) {
        return network.internal()
                ? List.of()
                : network.pools().stream()
                        .filter(pool -> endpoint.addresses().stream()
                                .anyMatch(address -> pool.subnet().contains(address.address())))
                        .map(Pool::gateway)
                        .toList();
    }
}
