package dev.patchbay.app.hosts;

import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;

/// Opens the host of the window, and starts its helper when necessary. Blocks until the host answers.
@FunctionalInterface
public interface HostOpener {
    Result open() throws EngineException;

    /// A connected host, or the reason why this machine cannot have one.
    sealed interface Result {
        record Opened(ConnectedHost connected) implements Result {}

        record Unavailable(Refusal refusal) implements Result {}
    }
}
