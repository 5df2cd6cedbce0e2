package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/// Changes the MTU of a network in use: of its bridge and both ends of its veth pairs.
///
/// @param before the network with its old MTU
/// @param endpoints the endpoints that stay attached
record MtuStep(NetworkSpec before, NetworkSpec after, List<EndpointStep> endpoints) implements Step {
    /// The kernel's default for a bridge or a veth.
    private static final int DEFAULT_MTU = 1500;

    MtuStep {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String name() {
        return "set the MTU of " + (isBridge() ? after.bridge() : after.id().shortForm()) + " to " + mtu(after);
    }

    @Override
    public List<String> commandLines() {
        String rest = " mtu " + mtu(after);
        List<String> lines = new ArrayList<>();
        if (isBridge()) {
            lines.add("ip link set " + after.bridge() + rest);
        }
        for (EndpointStep plug : endpoints) {
            if (isBridge()) {
                lines.add("ip link set " + plug.endpoint().hostInterface() + rest);
            }
            lines.add(new NetnsRef(plug.sandbox()).ipCommand() + " link set "
                    + plug.endpoint().interfaceName() + rest);
        }
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        set(kernel.links(), mtu(after));
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        set(kernel.links(), mtu(before));
    }

    private void set(RouteNetlink links, int mtu) throws EngineException {
        if (isBridge()) {
            set(links, after.bridge(), mtu);
        }
        for (EndpointStep plug : endpoints) {
            if (isBridge()) {
                set(links, plug.endpoint().hostInterface(), mtu);
            }
            NetnsRef netns = new NetnsRef(plug.sandbox());
            if (netns.exists()) {
                try (Namespace namespace = netns.open();
                        RouteNetlink inner = RouteNetlink.openIn(namespace)) {
                    set(inner, plug.endpoint().interfaceName(), mtu);
                }
            }
        }
    }

    private static void set(RouteNetlink links, String name, int mtu) throws EngineException {
        Link link = links.link(name);
        if (link != null && link.mtu() != mtu) {
            links.setMtu(link.index(), mtu);
        }
    }

    private boolean isBridge() {
        return after.driver() == Driver.BRIDGE;
    }

    private static int mtu(NetworkSpec network) {
        return network.mtu() == 0 ? DEFAULT_MTU : network.mtu();
    }
}
