package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netlink.MacvlanRequest;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.VethRequest;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sandbox is plugged into a network, or its plug is drawn: by a veth pair into the network's bridge, or by a
/// macvlan link of its own into the network's parent link.
///
/// The inner end for a foreign sandbox stays on the host, bare, until whoever has the sandbox takes it; it is
/// theirs from then on, and goes with the outer end wherever it is.
public record EndpointStep(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean plug)
        implements Step {

    public EndpointStep reversed() {
        return new EndpointStep(network, sandbox, endpoint, !plug);
    }

    /// Whether both lead to the same link; the default route is a matter of its own.
    boolean same(@Nullable EndpointStep other) {
        return other != null
                && carrier().equals(other.carrier())
                && sandbox.namespaceId().equals(other.sandbox.namespaceId())
                && entrance().name().equals(other.entrance().name())
                && plugOf(endpoint).equals(plugOf(other.endpoint));
    }

    /// What of an endpoint the plug itself has: neither a route nor a name.
    private static EndpointSpec plugOf(EndpointSpec endpoint) {
        return endpoint.withDefaultRoute(false).withAliases(List.of());
    }

    /// The link of the host that carries the network.
    public String carrier() {
        return isMacvlan() ? network.settings().parent() : network.bridge();
    }

    private NetnsRef entrance() {
        return new NetnsRef(sandbox);
    }

    public boolean isMacvlan() {
        return network.driver() == Driver.MACVLAN;
    }

    @Override
    public String name() {
        return (plug ? "plug " : "unplug ")
                + (isMacvlan() ? entrance().name() : endpoint.hostInterface())
                + (plug ? " into " : " from ")
                + carrier();
    }

    @Override
    public List<String> lines() {
        String host = endpoint.hostInterface();
        String namespace = entrance().name();
        String ip = entrance().ip();
        String inside = endpoint.interfaceName();
        if (plug && sandbox.takesCables()) {
            return List.of(
                    "ip link add " + host + " master " + carrier() + " up type veth peer name " + inside + " address "
                            + endpoint.mac(),
                    "bridge link set dev " + host + " hairpin on");
        }
        if (!plug) {
            return List.of(isMacvlan() ? ip + " link delete " + inside : "ip link delete " + host);
        }
        List<String> lines = new ArrayList<>();
        if (isMacvlan()) {
            lines.add("ip link add link " + carrier() + " name " + inside + " address " + endpoint.mac() + " netns "
                    + namespace + " type macvlan mode bridge");
        } else {
            lines.add("ip link add " + host + " master " + carrier() + " up type veth peer name " + inside + " address "
                    + endpoint.mac() + " netns " + namespace);
            lines.add("bridge link set dev " + host + " hairpin on");
            lines.addAll(Ipv6Sysctls.offOn(host).lines(""));
        }
        if (endpoint.ipv6() != null) {
            lines.addAll(Ipv6Sysctls.ofSandboxLink(inside).lines(entrance().exec()));
        }
        for (Cidr address : endpoint.addresses()) {
            lines.add(ip + " address add " + address + (address.isIpv4() ? " brd +" : " nodad") + " dev " + inside);
        }
        lines.add(ip + " link set " + inside + " up");
        if (leads()) {
            lines.addAll(DefaultRouteStep.lines(network, sandbox, endpoint, true));
        }
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (plug) {
            plug(kernel.links());
        } else {
            unplug(kernel.links());
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (plug) {
            unplug(kernel.links());
        } else if (!isPlugged(kernel.links())) {
            plug(kernel.links());
        }
    }

    private boolean isPlugged(RouteNetlink links) throws EngineException {
        return isMacvlan() ? isWhole(NetnsContents.of(entrance())) : links.link(endpoint.hostInterface()) != null;
    }

    private void plug(RouteNetlink links) throws EngineException {
        Link carrier = links.link(carrier());
        if (carrier == null) {
            throw new EngineException(name(), "link " + carrier() + " is gone");
        }
        if (sandbox.takesCables()) {
            try (Namespace host = Namespaces.current()) {
                veth(links, carrier.index(), host);
            }
            return;
        }
        try (Namespace namespace = entrance().open();
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            if (isMacvlan()) {
                links.createMacvlan(new MacvlanRequest(
                        carrier.index(), namespace, endpoint.interfaceName(), endpoint.mac(), network.mtu()));
            } else {
                veth(links, carrier.index(), namespace);
            }
            Link link = inner.link(endpoint.interfaceName());
            if (link == null) {
                throw new EngineException(name(), "there is no link inside the namespace");
            }
            if (endpoint.ipv6() != null) {
                Ipv6Sysctls.ofSandboxLink(endpoint.interfaceName()).writeIn(namespace);
            }
            for (Cidr address : endpoint.addresses()) {
                inner.addAddress(link.index(), address);
            }
            inner.setUp(link.index());
            if (leads()) {
                DefaultRouteStep.set(inner, network, endpoint, true);
            }
        }
    }

    private void veth(RouteNetlink links, int bridge, Namespace namespace) throws EngineException {
        int index = links.createVeth(new VethRequest(
                endpoint.hostInterface(),
                bridge,
                Ownership.alias(endpoint.id()),
                Ownership.GROUP,
                network.mtu(),
                namespace,
                endpoint.interfaceName(),
                endpoint.mac()));
        // Lets a container reach its own published port through the host.
        links.setHairpin(index, true);
        Ipv6Sysctls off = Ipv6Sysctls.offOn(endpoint.hostInterface());
        if (off.areThere()) {
            off.write();
        }
    }

    /// Whether the link inside has all that [#run] gives it, the route aside.
    public boolean isWhole(NetnsContents inside) {
        Link link = inside.link(endpoint.interfaceName());
        return link != null && link.up() && link.addresses().containsAll(endpoint.addresses());
    }

    public boolean hasItsRoute(NetnsContents inside) {
        return !leads()
                || DefaultRouteStep.gateways(network, endpoint).stream()
                        .allMatch(gateway -> inside.routes()
                                .contains(KernelState.Route.defaultVia(gateway, endpoint.interfaceName())));
    }

    private boolean leads() {
        return endpoint.defaultRoute()
                && !DefaultRouteStep.gateways(network, endpoint).isEmpty();
    }

    private void unplug(RouteNetlink links) throws EngineException {
        if (isMacvlan()) {
            unplugInside();
            return;
        }
        Link link = links.link(endpoint.hostInterface());
        if (link != null && endpoint.id().equals(Ownership.owner(link))) {
            links.deleteLink(endpoint.hostInterface());
        }
    }

    /// A macvlan link of this name is ours, once it is the right namespace.
    private void unplugInside() throws EngineException {
        if (!entrance().isThere()) {
            return;
        }
        try (Namespace namespace = entrance().open();
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            Link link = inner.link(endpoint.interfaceName());
            if (link != null && link.kind().equals("macvlan")) {
                inner.deleteLink(endpoint.interfaceName());
            }
        }
    }
}
