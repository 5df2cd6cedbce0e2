package dev.patchbay.app.cli.command;

import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;

/// Where commands get their host from; starts it when it is down.
///
/// Its argument is the host's name as `--host` takes it.
@FunctionalInterface
public interface ControllerOpener {
    ConnectedHost open(String name) throws EngineException;
}
