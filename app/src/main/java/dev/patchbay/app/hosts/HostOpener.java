package dev.patchbay.app.hosts;

import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;

/// Opens the host that the window shows, starting its helper where necessary; blocks until it answers.
@FunctionalInterface
public interface HostOpener {
    Result open() throws EngineException;

    /// A host, or why this machine cannot have one.
    sealed interface Result {
        record Opened(ConnectedHost connected) implements Result {}

        record Unavailable(Refusal refusal) implements Result {}
    }
}
