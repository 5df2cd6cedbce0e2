package dev.patchbay.core.docker.machine;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The helper of a machine: found, or started where this user may start one. Any thread may call.
public final class MachineHelper implements AutoCloseable {
    private final Machine machine;
    private final Duration silence;
    private @Nullable HelperSession session;

    public MachineHelper(Machine machine) {
        this(machine, HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long a helper that is there may say nothing before this gives up connecting to it
    public MachineHelper(Machine machine, Duration silence) {
        this.machine = machine;
        this.silence = silence;
    }

    /// A session with the helper if one runs; none is started.
    public synchronized Optional<HelperSession> find() throws EngineException {
        if (session == null) {
            Optional<Path> socket = machine.running(silence);
            if (socket.isPresent()) {
                session = HelperSession.connect(socket.get());
            }
        }
        return Optional.ofNullable(session);
    }

    /// @throws RefusedException when this machine, or this user on it, cannot have a helper
    public synchronized HelperSession start() throws EngineException, RefusedException {
        HelperSession present = session;
        if (present == null) {
            present = switch (machine.up(silence)) {
                case HelperStart.Ready ready -> HelperSession.connect(ready.socket());
                case HelperStart.Unavailable unavailable -> throw new RefusedException(unavailable.refusal());
            };
            session = present;
        }
        return present;
    }

    /// As [#start], and starts another helper when the last one is gone.
    public synchronized HelperSession startOrReplace() throws EngineException, RefusedException {
        if (session != null && !session.isAlive()) {
            session.close();
            session = null;
        }
        return start();
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
