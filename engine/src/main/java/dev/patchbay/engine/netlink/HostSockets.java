package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Listener;
import java.util.List;

/// Who holds which port, from `/proc`.
public final class HostSockets {
    private HostSockets() {}

    /// Listening TCP and bound UDP sockets of the calling thread's network namespace, both families. A socket whose
    /// process may not be looked into has pid 0.
    public static List<Listener> listeners() throws EngineException {
        throw new UnsupportedOperationException();
    }
}
