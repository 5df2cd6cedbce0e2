package dev.patchbay.core.docker.plan;

import dev.patchbay.core.ports.Sockets;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.spec.ForwardSpec;
import java.util.List;

/// What counts of the engine's host for a port that is published beside the engine.
///
/// @param forwards all of those there are
public record PortPart(List<ForwardSpec> forwards, KernelState kernel, Sockets sockets) {
    public PortPart {
        forwards = List.copyOf(forwards);
    }
}
