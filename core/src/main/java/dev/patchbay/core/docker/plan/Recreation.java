package dev.patchbay.core.docker.plan;

import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.engine.spec.PortSpec;
import java.util.List;
import java.util.Map;

/// A container made anew with other ports. Everything but the ports is read when it is done, and read again when it
/// is taken back: what was changed of the container since then stays.
///
/// @param title the command that this equals
/// @param ports how those that change are to be, by `80/tcp`
/// @param before how they were
/// @param externalPublish ports that are to be published beside the engine instead
/// @param externalWithdraw ports published beside the engine that the engine publishes from now on
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

    /// The same of the container that stands for this one now.
    public Recreation of(EngineObject other) {
        return new Recreation(title, other, ports, before, externalPublish, externalWithdraw);
    }

    public Recreation titled(String other) {
        return new Recreation(other, container, ports, before, externalPublish, externalWithdraw);
    }

    /// @param come ports that take the place of those that go
    public Recreation withExternalPorts(List<PortSpec> go, List<PortSpec> come) {
        return new Recreation(title, container, ports, before, come, go);
    }
}
