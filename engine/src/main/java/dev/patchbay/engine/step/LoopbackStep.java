package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.netns.Entrance;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;

/// A sandbox gets `::1` with its first IPv6 address and loses it with its last one, as with dockerd.
public record LoopbackStep(SandboxSpec sandbox, boolean on) implements Step {

    /// Whether a plug in this namespace has an IPv6 address. Plugs are those of the sandbox whose namespace it is.
    public static boolean isWanted(Specs specs, Id namespace) {
        return specs.sandboxesIn(namespace).stream()
                .flatMap(sandbox -> specs.endpointsOf(sandbox.id()).stream())
                .anyMatch(endpoint -> endpoint.ipv6() != null && Planner.plugged(specs, endpoint.id()) != null);
    }

    private Ipv6Settings settings() {
        return Ipv6Settings.ofLoopback(on);
    }

    @Override
    public String name() {
        return "switch IPv6 " + (on ? "on" : "off") + " on lo of " + sandbox.namespaceName();
    }

    @Override
    public List<String> lines() {
        return settings().lines("ip netns exec " + sandbox.namespaceName() + " ");
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        set(settings());
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        if (Namespaces.names().contains(sandbox.namespaceName())) {
            set(Ipv6Settings.ofLoopback(!on));
        }
    }

    private void set(Ipv6Settings wanted) throws EngineException {
        try (Namespace namespace = new Entrance(sandbox).open()) {
            wanted.writeIn(namespace);
        }
    }
}
