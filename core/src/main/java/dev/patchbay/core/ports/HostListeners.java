package dev.patchbay.core.ports;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import java.util.List;

/// The listening sockets of a host, read again at each call. Fewer ports take less time.
@FunctionalInterface
public interface HostListeners {
    List<Listener> read(PortRange ports) throws EngineException;
}
