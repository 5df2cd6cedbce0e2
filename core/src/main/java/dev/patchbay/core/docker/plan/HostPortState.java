package dev.patchbay.core.docker.plan;

import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.ports.HostListeners;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import java.util.List;

/// What counts of the engine's host for a port that is published beside the engine.
public record HostPortState(HelperState host, HostListeners sockets) {
    /// All the ports that are published so.
    public List<ExternalPublishSpec> externalPublishes() {
        return host.specs().externalPublishes();
    }

    public KernelState kernel() {
        return host.kernel();
    }
}
