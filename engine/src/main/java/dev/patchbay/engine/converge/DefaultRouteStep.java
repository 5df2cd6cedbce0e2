package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.spec.SandboxSpec;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sandbox's default route moves to, or away from, an endpoint that stays plugged.
record DefaultRouteStep(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean here) implements Step {

    @Override
    public String name() {
        return (here ? "route " : "stop routing ") + sandbox.namespaceName() + " via " + endpoint.interfaceName();
    }

    @Override
    public List<String> lines() {
        return List.of(line(network, sandbox, endpoint, here));
    }

    static String line(NetworkSpec network, SandboxSpec sandbox, EndpointSpec endpoint, boolean here) {
        InetAddress gateway = gateway(network);
        String ip = "ip -n " + sandbox.namespaceName() + " route ";
        return here && gateway != null
                ? ip + "replace default via " + gateway.getHostAddress() + " dev " + endpoint.interfaceName()
                : ip + "delete default dev " + endpoint.interfaceName();
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        change(here);
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        if (Namespaces.names().contains(sandbox.namespaceName())) {
            change(!here);
        }
    }

    private void change(boolean lead) throws EngineException {
        try (Namespace namespace = Namespaces.open(sandbox.namespaceName());
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            set(inner, network, endpoint, lead);
        }
    }

    static void set(RouteNetlink inner, NetworkSpec network, EndpointSpec endpoint, boolean lead)
            throws EngineException {
        Link link = inner.link(endpoint.interfaceName());
        InetAddress gateway = gateway(network);
        if (link == null || gateway == null) {
            return;
        }
        if (lead) {
            inner.replaceDefaultRoute(gateway, link.index());
        } else {
            inner.deleteDefaultRoute(gateway, link.index());
        }
    }

    /// Null for an internal network, which leads nowhere. Docker 20.10 sets a route all the same; that is a defect.
    static @Nullable InetAddress gateway(NetworkSpec network) {
        return network.internal()
                ? null
                : network.pools().stream()
                        .filter(pool -> pool.subnet().isIpv4())
                        .map(Pool::gateway)
                        .findFirst()
                        .orElse(null);
    }
}
