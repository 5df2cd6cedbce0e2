package dev.patchbay.core.docker.driver;

import dev.patchbay.core.mistake.DriverMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Companion;
import dev.patchbay.engine.client.LabStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.protocol.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether the driver is served without a terminal: by a process of its own, which [Machine#down] ends as well, and
/// while there is a file that outlives it, so that it comes again with the next use of this machine. May be used from
/// any thread.
public final class DriverSwitch {
    private static final Path SOCKET = NetworkDriver.socket(NetworkDriver.PLUGINS);

    private final Machine machine;
    private final Companion process;
    private final Path file;

    private DriverSwitch(Machine machine) {
        this.machine = machine;
        this.process = machine.driver();
        this.file = process.file(".on");
    }

    public static DriverSwitch of(Machine machine) {
        return new DriverSwitch(machine);
    }

    /// Returns when the driver answers; does nothing when it does. Nothing is switched on when it cannot.
    ///
    /// @throws Mistake when another process serves, or this machine or user cannot have a helper
    public void on() throws EngineException, Mistake {
        if (machine.needsRoot()) {
            throw DriverMistakes.rootNeeded(NetworkDriver.PLUGINS);
        }
        if (machine.up() instanceof LabStart.Unavailable(Refusal refusal)) {
            throw new Mistake(refusal);
        }
        if (!process.isRunning() && NetworkDriver.isServed(SOCKET)) {
            throw DriverMistakes.served(SOCKET);
        }
        process.startAndWait(DriverMain.class, List.of());
        write();
    }

    private void write() throws EngineException {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw EngineException.of("write " + file, e);
        }
    }

    /// What the driver made stays. A driver in a terminal goes on.
    public void off() throws EngineException, Mistake {
        if (machine.needsRoot()) {
            throw DriverMistakes.rootNeeded(NetworkDriver.PLUGINS);
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw EngineException.of("delete " + file, e);
        }
        process.end();
    }

    /// Starts the process again that is switched on and has ended, as with the machine. Does not wait for it.
    public void resume() throws EngineException {
        if (Files.exists(file) && !NetworkDriver.isServed(SOCKET)) {
            process.start(DriverMain.class, List.of());
        }
    }
}
