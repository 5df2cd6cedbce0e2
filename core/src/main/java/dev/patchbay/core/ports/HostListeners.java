package dev.patchbay.core.ports;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import java.util.List;

/// The sockets of a host that wait for connections or datagrams, read anew at each question. The fewer the ports, the
/// sooner the answer.
@FunctionalInterface
public interface HostListeners {
    List<Listener> read(PortRange ports) throws EngineException;
}
