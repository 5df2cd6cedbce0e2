package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
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
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attaches a sandbox to a network, or detaches it: with a veth pair into the network's bridge, or with
/// a macvlan link on the network's parent link.
///
/// The inner end for a sandbox of somebody else stays on the host without addresses until the owner
/// moves it. From then on it belongs to the owner, and is deleted with the outer end.
public record EndpointStep(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean attach)
        implements Step {

    public EndpointStep inverse() {
        return new EndpointStep(network, sandbox, endpoint, !attach);
    }

    /// Whether an endpoint that has been attached by this step has the link of another step: both make the same one,
    /// or the kernel has it already where the other makes it. So it is when the other names the same namespace by
    /// another file, and after a repair: that finds a container's new namespace before the records name it. The
    /// default route is not compared.
    boolean keepsLink(@Nullable EndpointStep other, RouteNetlink links) throws EngineException {
        return other != null
                && parentLink().equals(other.parentLink())
                && sandbox.namespaceId().equals(other.sandbox.namespaceId())
                && linkOf(endpoint).equals(linkOf(other.endpoint))
                && (netns().name().equals(other.netns().name()) || other.isInKernel(links));
    }

    private boolean isInKernel(RouteNetlink links) throws EngineException {
        Link outer = isMacvlan() ? null : links.link(endpoint.hostInterface());
        return (isMacvlan() || (outer != null && endpoint.id().equals(Ownership.owner(outer))))
                && netns().exists()
                && isComplete(NetnsContents.of(netns()));
    }

    /// The part of an endpoint that its link has: no route and no name.
    private static EndpointSpec linkOf(EndpointSpec endpoint) {
        return endpoint.withDefaultRoute(false).withAliases(List.of());
    }

    /// The host's link that the endpoint is attached to.
    public String parentLink() {
        return isMacvlan() ? network.settings().parent() : network.bridge();
    }

    private NetnsRef netns() {
        return new NetnsRef(sandbox);
    }

    public boolean isMacvlan() {
        return network.driver() == Driver.MACVLAN;
    }

    @Override
    public String name() {
        return (attach ? "attach " : "detach ")
                + (isMacvlan() ? netns().name() : endpoint.hostInterface())
                + (attach ? " to " : " from ")
                + parentLink();
    }

    @Override
    public List<String> commandLines() {
        String host = endpoint.hostInterface();
        String namespace = netns().name();
        String ip = netns().ipCommand();
        String inside = endpoint.interfaceName();
        if (attach && sandbox.movesVethItself()) {
            return List.of(
                    "ip link add " + host + " master " + parentLink() + " up type veth peer name " + inside
                            + " address " + endpoint.mac(),
                    "bridge link set dev " + host + " hairpin on");
        }
        if (!attach) {
            return List.of(isMacvlan() ? ip + " link delete " + inside : "ip link delete " + host);
        }
        List<String> lines = new ArrayList<>();
        if (isMacvlan()) {
            lines.add("ip link add link " + parentLink() + " name " + inside + " address " + endpoint.mac() + " netns "
                    + namespace + " type macvlan mode bridge");
        } else {
            lines.add("ip link add " + host + " master " + parentLink() + " up type veth peer name " + inside
                    + " address " + endpoint.mac() + " netns " + namespace);
            lines.add("bridge link set dev " + host + " hairpin on");
            lines.addAll(Ipv6Sysctls.disabledOn(host).commandLines(""));
        }
        if (endpoint.ipv6() != null) {
            lines.addAll(Ipv6Sysctls.ofSandboxLink(inside).commandLines(netns().execPrefix()));
        }
        for (Cidr address : endpoint.addresses()) {
            lines.add(ip + " address add " + address + (address.isIpv4() ? " brd +" : " nodad") + " dev " + inside);
        }
        lines.add(ip + " link set " + inside + " up");
        if (setsDefaultRoute()) {
            lines.addAll(DefaultRouteStep.lines(network, sandbox, endpoint, true));
        }
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (attach) {
            attach(kernel.links());
        } else {
            detach(kernel.links());
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (attach) {
            detach(kernel.links());
        } else if (!isAttached(kernel.links())) {
            attach(kernel.links());
        }
    }

    private boolean isAttached(RouteNetlink links) throws EngineException {
        return isMacvlan() ? isComplete(NetnsContents.of(netns())) : links.link(endpoint.hostInterface()) != null;
    }

    private void attach(RouteNetlink links) throws EngineException {
        Link carrier = links.link(parentLink());
        if (carrier == null) {
            throw new EngineException(name(), "link " + parentLink() + " is gone");
        }
        if (sandbox.movesVethItself()) {
            try (Namespace host = Namespaces.current()) {
                createVeth(links, carrier.index(), host);
            }
            return;
        }
        try (Namespace namespace = netns().open();
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            if (isMacvlan()) {
                links.createMacvlan(new MacvlanRequest(
                        carrier.index(), namespace, endpoint.interfaceName(), endpoint.mac(), network.mtu()));
            } else {
                createVeth(links, carrier.index(), namespace);
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
            if (setsDefaultRoute()) {
                DefaultRouteStep.set(inner, network, endpoint, true);
            }
        }
    }

    private void createVeth(RouteNetlink links, int bridge, Namespace namespace) throws EngineException {
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
        Ipv6Sysctls off = Ipv6Sysctls.disabledOn(endpoint.hostInterface());
        if (off.exist()) {
            off.write();
        }
    }

    /// Whether the inner link has everything that [#run] sets, apart from the route.
    public boolean isComplete(NetnsContents inside) {
        Link link = inside.link(endpoint.interfaceName());
        return link != null && link.up() && link.addresses().containsAll(endpoint.addresses());
    }

    public boolean hasDefaultRoute(NetnsContents inside) {
        return !setsDefaultRoute()
                || DefaultRouteStep.gateways(network, endpoint).stream()
                        .allMatch(gateway -> inside.routes()
                                .contains(KernelState.Route.defaultVia(gateway, endpoint.interfaceName())));
    }

    private boolean setsDefaultRoute() {
        return endpoint.defaultRoute()
                && !DefaultRouteStep.gateways(network, endpoint).isEmpty();
    }

    private void detach(RouteNetlink links) throws EngineException {
        if (isMacvlan()) {
            detachInside();
            return;
        }
        Link link = links.link(endpoint.hostInterface());
        if (link != null && endpoint.id().equals(Ownership.owner(link))) {
            links.deleteLink(endpoint.hostInterface());
        }
    }

    /// A macvlan link of this name is ours, if the namespace is the right one.
    private void detachInside() throws EngineException {
        if (!netns().exists()) {
            return;
        }
        try (Namespace namespace = netns().open();
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            Link link = inner.link(endpoint.interfaceName());
            if (link != null && link.kind().equals("macvlan")) {
                inner.deleteLink(endpoint.interfaceName());
            }
        }
    }
}
