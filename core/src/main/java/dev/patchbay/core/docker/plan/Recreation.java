package dev.patchbay.core.docker.plan;

import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.engine.spec.PortSpec;
import java.util.List;
import java.util.Map;

/// The recreation of a container with other ports. All its other settings are read when it is done, and
/// again for an undo, so that later changes to the container stay.
///
/// @param title the equivalent command
/// @param ports the new state of the changed ports, by `80/tcp`
/// @param before their previous state
/// @param externalPublish ports to publish beside the engine instead
/// @param externalWithdraw ports published beside the engine that the engine now publishes itself
public record Recreation(
        String title,
        EngineObject container,
        Map<String, PortBindingRequest> ports,
        Map<String, PortBindingRequest> before,
        List<PortSpec> externalPublish,
        List<PortSpec> externalWithdraw) {
    public Recreation {
        ports = Map.copyOf(ports);
        before = Map.copyOf(before);
        externalPublish = List.copyOf(externalPublish);
        externalWithdraw = List.copyOf(externalWithdraw);
    }

    public Recreation reversed() {
        return new Recreation("undo: " + title, container, before, ports, externalWithdraw, externalPublish);
    }

    /// The same for the present container.
    public Recreation of(EngineObject other) {
        return new Recreation(title, other, ports, before, externalPublish, externalWithdraw);
    }

    public Recreation titled(String other) {
        return new Recreation(other, container, ports, before, externalPublish, externalWithdraw);
    }

    /// @param come ports that replace those of `go`
    public Recreation withExternalPorts(List<PortSpec> go, List<PortSpec> come) {
        return new Recreation(title, container, ports, before, come, go);
    }
}
