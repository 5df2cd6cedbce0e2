package dev.patchbay.app.viewmodel;

import dev.patchbay.core.NetworkController;
import dev.patchbay.engine.EngineException;

/// Opens the host that the window shows, starting its helper where necessary; blocks until it answers.
@FunctionalInterface
public interface HostOpener {
    NetworkController open() throws EngineException;
}
