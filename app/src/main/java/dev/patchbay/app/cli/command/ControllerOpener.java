package dev.patchbay.app.cli.command;

import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;

/// Connects a command to its host, and starts what the host needs.
///
/// Its argument is the host's name as `--host` takes it.
@FunctionalInterface
public interface ControllerOpener {
    ConnectedHost open(String name) throws EngineException;
}
