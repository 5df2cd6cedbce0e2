package dev.patchbay.app.cli.command;

import dev.patchbay.core.host.NetworkController;
import dev.patchbay.engine.EngineException;

/// Where commands get their host from; starts it when it is down.
///
/// Its argument is the host's name as `--host` takes it.
@FunctionalInterface
public interface ControllerOpener {
    NetworkController open(String name) throws EngineException;
}
