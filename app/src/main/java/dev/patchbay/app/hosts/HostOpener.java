package dev.patchbay.app.hosts;

import dev.patchbay.core.host.NetworkController;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;

/// Opens the host that the window shows, starting its helper where necessary; blocks until it answers.
@FunctionalInterface
public interface HostOpener {
    Answer open() throws EngineException;

    /// A host, or why this machine cannot have one.
    sealed interface Answer {
        record There(NetworkController controller) implements Answer {}

        record NotThere(Refusal refusal) implements Answer {}
    }
}
