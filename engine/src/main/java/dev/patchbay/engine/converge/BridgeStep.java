package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Sysctl;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A network's bridge comes or goes.
record BridgeStep(NetworkSpec network, boolean create) implements Step {
    private static final Map<Family, String> FILTER_BRIDGED = Map.of(
            Family.IPV4, "net.bridge.bridge-nf-call-iptables",
            Family.IPV6, "net.bridge.bridge-nf-call-ip6tables");

    @Override
    public String name() {
        return (create ? "create bridge " : "delete bridge ") + network.bridge();
    }

    @Override
    public List<String> lines() {
        String bridge = network.bridge();
        if (!create) {
            return List.of("ip link delete " + bridge);
        }
        List<String> lines = new ArrayList<>();
        lines.add("ip link add name " + bridge + " type bridge");
        lines.add("sysctl -w net.ipv6.conf." + bridge + ".accept_ra=0");
        lines.add("sysctl -w net.ipv4.conf." + bridge + ".route_localnet=1");
        if (network.hasIpv6()) {
            lines.addAll(Ipv6Settings.ofBridge(bridge).lines(""));
        }
        for (String filter : filters()) {
            lines.add("sysctl -w " + filter + "=1");
        }
        for (Pool pool : network.pools()) {
            lines.add("ip address add " + pool.gatewayAddress() + (pool.subnet().isIpv4() ? " brd +" : " nodad")
                    + " dev " + bridge);
        }
        lines.add("ip link set " + bridge + " up");
        return lines;
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        if (create) {
            create(kernel.links());
        } else {
            delete(kernel.links());
        }
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        if (!create) {
            create(kernel.links());
        } else {
            delete(kernel.links());
        }
    }

    /// Also mends a bridge of ours that exists: sets it up and gives it back its addresses.
    private void create(RouteNetlink links) throws EngineException {
        String bridge = network.bridge();
        Link present = links.link(bridge);
        if (present != null && !network.id().equals(Ownership.owner(present))) {
            throw new EngineException(name(), "a link of this name exists and is not Patchbay's");
        }
        int index = present != null
                ? present.index()
                : links.createBridge(bridge, null, network.mtu(), Ownership.alias(network.id()), Ownership.GROUP);
        // As dockerd does for each bridge; the key is absent when the kernel runs without IPv6.
        String acceptRouters = Sysctl.ofLink("ipv6", bridge, "accept_ra");
        if (Sysctl.read(acceptRouters) != null) {
            Sysctl.write(acceptRouters, "0");
        }
        // Lets 127.0.0.1:PORT of the host be rewritten towards the bridge.
        Sysctl.write(Sysctl.ofLink("ipv4", bridge, "route_localnet"), "1");
        if (network.hasIpv6()) {
            Ipv6Settings.ofBridge(bridge).write();
        }
        for (String filter : filters()) {
            Sysctl.write(filter, "1");
        }
        for (Pool pool : network.pools()) {
            if (present == null || !present.addresses().contains(pool.gatewayAddress())) {
                links.addAddress(index, pool.gatewayAddress());
            }
        }
        links.setUp(index);
    }

    /// Without them packets between two ports of one bridge pass by the rule that drops them. As dockerd.
    private List<String> filters() {
        return network.icc()
                ? List.of()
                : network.pools().stream()
                        .map(pool -> Objects.requireNonNull(
                                FILTER_BRIDGED.get(Family.of(pool.subnet().address()))))
                        .toList();
    }

    private void delete(RouteNetlink links) throws EngineException {
        Link present = links.link(network.bridge());
        if (present != null && network.id().equals(Ownership.owner(present))) {
            links.deleteLink(network.bridge());
        }
    }
}
