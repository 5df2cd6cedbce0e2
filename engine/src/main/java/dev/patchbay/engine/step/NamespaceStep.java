package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// Creates or deletes a sandbox's network namespace.
public record NamespaceStep(SandboxSpec sandbox, boolean create) implements Step {

    @Override
    public String name() {
        return (create ? "create namespace " : "delete namespace ") + sandbox.netnsName();
    }

    @Override
    public List<String> commandLines() {
        String namespace = sandbox.netnsName();
        return create
                ? List.of(
                        "ip netns add " + namespace,
                        "ip netns exec " + namespace + " sysctl -w " + Ipv6Sysctls.DISABLE_ALL,
                        "ip -n " + namespace + " link set lo up")
                : List.of("ip netns delete " + namespace);
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (create) {
            createNetns();
        } else {
            Namespaces.delete(sandbox.netnsName());
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (create) {
            Namespaces.delete(sandbox.netnsName());
        } else if (!Namespaces.names().contains(sandbox.netnsName())) {
            createNetns();
        }
    }

    private void createNetns() throws EngineException {
        try (Namespace namespace = Namespaces.create(sandbox.netnsName());
                RouteNetlink inner = RouteNetlink.openIn(namespace)) {
            Ipv6Sysctls.disable(namespace);
            inner.setUp("lo");
        }
    }
}
