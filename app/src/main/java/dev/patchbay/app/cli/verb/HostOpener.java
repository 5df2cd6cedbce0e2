package dev.patchbay.app.cli.verb;

import dev.patchbay.core.NetworkController;
import dev.patchbay.engine.EngineException;

/// Where commands get their host from; starts it when it is down.
@FunctionalInterface
public interface HostOpener {
    NetworkController open() throws EngineException;
}
