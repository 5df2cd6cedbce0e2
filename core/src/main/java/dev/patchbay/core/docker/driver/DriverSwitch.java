package dev.patchbay.core.docker.driver;

import dev.patchbay.core.refusal.DriverRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.os.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether the driver is served without a terminal: by a process of its own, which [Machine#down] ends as well, and
/// while there is a file that outlives it, so that it comes again with the next use of this machine. Of those that
/// switch at the same moment one waits for the other. May be used from any thread.
public final class DriverSwitch {
    private static final Path SOCKET = RemoteDriver.socket(RemoteDriver.PLUGINS);

    private final Machine machine;
    private final BackgroundProcess process;
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
    /// @throws RefusedException when another process serves, or this machine or user cannot have a helper
    public void on() throws EngineException, RefusedException {
        if (machine.needsRoot()) {
            throw DriverRefusals.rootNeeded(RemoteDriver.PLUGINS);
        }
        if (machine.up() instanceof HelperStart.Unavailable(Refusal refusal)) {
            throw new RefusedException(refusal);
        }
        try (LockFile _ = lock()) {
            if (!process.isRunning() && RemoteDriver.isServed(SOCKET)) {
                throw DriverRefusals.alreadyServed(SOCKET);
            }
            process.startAndWait(DriverMain.class, List.of());
            write();
        }
    }

    /// Whoever has it switches, or begins to serve because it is switched on.
    LockFile lock() throws EngineException {
        return LockFile.acquire(process.file(".switch"));
    }

    boolean isOn() {
        return Files.exists(file);
    }

    private void write() throws EngineException {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw EngineException.of("write " + file, e);
        }
    }

    /// What the driver made stays. A driver in a terminal goes on.
    public void off() throws EngineException, RefusedException {
        if (machine.needsRoot()) {
            throw DriverRefusals.rootNeeded(RemoteDriver.PLUGINS);
        }
        if (!Files.isDirectory(process.directory())) {
            return;
        }
        try (LockFile _ = lock()) {
            Files.deleteIfExists(file);
            process.stop();
            // One that was killed has left its socket, and an engine would wait for an answer there.
            if (!RemoteDriver.isServed(SOCKET)) {
                Files.deleteIfExists(SOCKET);
            }
        } catch (IOException e) {
            throw EngineException.of("delete " + file, e);
        }
    }

    /// Starts the process again that is switched on and has ended, as with the machine. Does not wait for it: the
    /// process itself looks whether it is still switched on when it begins to serve.
    public void resume() throws EngineException {
        if (isOn() && !RemoteDriver.isServed(SOCKET)) {
            process.start(DriverMain.class, List.of(DriverMain.RESUMED));
        }
    }
}
