package dev.patchbay.core.docker.plan;

import dev.patchbay.core.ports.Sockets;
import dev.patchbay.core.topology.HostState;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import java.util.List;

/// What counts of the engine's host for a port that is published beside the engine.
public record PortPart(HostState host, Sockets sockets) {
    /// All the ports that are published so.
    List<ExternalPublishSpec> forwards() {
        return host.specs().externalPublishes();
    }

    KernelState kernel() {
        return host.kernel();
    }
}
