package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Allows packets from loopback addresses to another engine's bridge, so that a port published there
/// answers on the host's 127.0.0.1; or reverts that. It is on only while a rule exists that keeps
/// packets from the bridge away from the host's loopback.
public record RouteLocalnetStep(String bridge, boolean on) implements Step {

    /// The bridges that need it with the one specs and not with the other.
    static List<RouteLocalnetStep> between(Specs without, Specs with, boolean on) {
        Set<String> bridges = bridgesToSet(with);
        bridges.removeAll(bridgesToSet(without));
        return bridges.stream().map(bridge -> new RouteLocalnetStep(bridge, on)).toList();
    }

    /// Bridges whose `route_localnet` must be set.
    public static Set<String> bridgesToSet(Specs specs) {
        Set<String> bridges = new LinkedHashSet<>();
        for (ExternalPublishSpec forward : specs.externalPublishes()) {
            if (forward.target() instanceof ExternalPublishSpec.Target target
                    && !target.localnet()
                    && target.address(Family.IPV4) != null) {
                bridges.add(target.bridge());
            }
        }
        return bridges;
    }

    private Sysctl.Assignment assignment(boolean value) {
        return SysctlKey.ROUTE_LOCALNET.of(bridge).to(value ? "1" : "0");
    }

    @Override
    public String name() {
        return (on ? "enable" : "disable") + " route_localnet on " + bridge;
    }

    @Override
    public List<String> commandLines() {
        return List.of(assignment(on).commandLine());
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        set(on);
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        set(!on);
    }

    /// Another engine's bridge may be deleted before its last mapping.
    private void set(boolean value) throws EngineException {
        if (value || Sysctl.read(SysctlKey.ROUTE_LOCALNET.of(bridge)) != null) {
            assignment(value).write();
        }
    }
}
