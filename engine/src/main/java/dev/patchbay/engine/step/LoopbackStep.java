package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;

/// Gives a sandbox `::1` with its first IPv6 address, and removes it with the last one, as dockerd does.
public record LoopbackStep(SandboxSpec sandbox, boolean on) implements Step {

    /// Whether an endpoint in this namespace has an IPv6 address. The endpoints are those of the sandbox
    /// that owns the namespace.
    public static boolean isWanted(Specs specs, Id namespace) {
        return specs.sandboxesInNetns(namespace).stream()
                .flatMap(sandbox -> specs.endpointsOf(sandbox.id()).stream())
                .anyMatch(endpoint ->
                        endpoint.ipv6() != null && ChangePlanner.endpointStep(specs, endpoint.id()) != null);
    }

    private Ipv6Sysctls settings() {
        return Ipv6Sysctls.ofLoopback(on);
    }

    @Override
    public String name() {
        return "switch IPv6 " + (on ? "on" : "off") + " on lo of " + sandbox.netnsName();
    }

    @Override
    public List<String> commandLines() {
        return settings().commandLines("ip netns exec " + sandbox.netnsName() + " ");
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        set(settings());
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (Namespaces.names().contains(sandbox.netnsName())) {
            set(Ipv6Sysctls.ofLoopback(!on));
        }
    }

    private void set(Ipv6Sysctls wanted) throws EngineException {
        try (Namespace namespace = new NetnsRef(sandbox).open()) {
            wanted.writeIn(namespace);
        }
    }
}
