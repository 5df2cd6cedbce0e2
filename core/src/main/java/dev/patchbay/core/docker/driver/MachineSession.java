package dev.patchbay.core.docker.driver;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import org.jspecify.annotations.Nullable;

/// The records of a machine's helper, whichever one runs: it is started when it is needed, and another one is found
/// when it was exchanged. Any thread may call.
final class MachineSession implements AutoCloseable {
    private final Machine machine;
    private @Nullable HelperSession session;

    MachineSession(Machine machine) {
        this.machine = machine;
    }

    /// @throws RefusedException when this machine, or this user on it, cannot have a helper
    synchronized HelperSession connect() throws EngineException, RefusedException {
        HelperSession last = session;
        if (last != null && last.isAlive()) {
            return last;
        }
        close();
        HelperSession fresh = switch (machine.up()) {
            case HelperStart.Ready ready -> HelperSession.connect(ready.socket());
            case HelperStart.Unavailable unavailable -> throw new RefusedException(unavailable.refusal());
        };
        session = fresh;
        return fresh;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
