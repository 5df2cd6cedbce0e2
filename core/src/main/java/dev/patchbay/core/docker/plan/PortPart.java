package dev.patchbay.core.docker.plan;

import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.ports.Sockets;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import java.util.List;

/// What counts of the engine's host for a port that is published beside the engine.
public record PortPart(HostState host, Sockets sockets) {
    /// All the ports that are published so.
    public List<ExternalPublishSpec> forwards() {
        return host.specs().externalPublishes();
    }

    public KernelState kernel() {
        return host.kernel();
    }
}
