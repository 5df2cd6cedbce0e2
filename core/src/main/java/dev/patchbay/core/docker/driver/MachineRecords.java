package dev.patchbay.core.docker.driver;

import dev.patchbay.core.lab.HelperRecords;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import org.jspecify.annotations.Nullable;

/// The records of a machine's helper, whichever one runs: it is started when it is needed, and another one is found
/// when it was exchanged. Any thread may call.
final class MachineRecords implements AutoCloseable {
    private final Machine machine;
    private @Nullable HelperRecords connected;

    MachineRecords(Machine machine) {
        this.machine = machine;
    }

    /// @throws Mistake when this machine, or this user on it, cannot have a helper
    synchronized HelperRecords present() throws EngineException, Mistake {
        HelperRecords last = connected;
        if (last != null && last.answers()) {
            return last;
        }
        close();
        HelperRecords fresh = switch (machine.up()) {
            case HelperStart.Ready ready -> HelperRecords.connect(ready.socket());
            case HelperStart.Unavailable unavailable -> throw new Mistake(unavailable.refusal());
        };
        connected = fresh;
        return fresh;
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            connected.close();
            connected = null;
        }
    }
}
