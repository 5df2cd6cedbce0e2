package dev.patchbay.core.docker.plan;

import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.ports.HostListeners;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import java.util.List;

/// The state of the engine's host that publishing a port beside the engine depends on.
public record HostPortState(HelperState host, HostListeners sockets) {
    /// All ports that are published beside an engine.
    public List<ExternalPublishSpec> externalPublishes() {
        return host.specs().externalPublishes();
    }

    public KernelState kernel() {
        return host.kernel();
    }
}
