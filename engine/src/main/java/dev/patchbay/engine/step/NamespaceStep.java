package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// A sandbox's network namespace comes or goes.
public record NamespaceStep(SandboxSpec sandbox, boolean create) implements Step {

    @Override
    public String name() {
        return (create ? "create namespace " : "delete namespace ") + sandbox.namespaceName();
    }

    @Override
    public List<String> lines() {
        String namespace = sandbox.namespaceName();
        return create
                ? List.of(
                        "ip netns add " + namespace,
                        "ip netns exec " + namespace + " sysctl -w " + Ipv6Sysctls.OFF,
                        "ip -n " + namespace + " link set lo up")
                : List.of("ip netns delete " + namespace);
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (create) {
            make();
        } else {
            Namespaces.delete(sandbox.namespaceName());
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (create) {
            Namespaces.delete(sandbox.namespaceName());
        } else if (!Namespaces.names().contains(sandbox.namespaceName())) {
            make();
        }
    }

    private void make() throws EngineException {
        try (Namespace namespace = Namespaces.create(sandbox.namespaceName());
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            Ipv6Sysctls.switchOff(namespace);
            inner.setUp("lo");
        }
    }
}
