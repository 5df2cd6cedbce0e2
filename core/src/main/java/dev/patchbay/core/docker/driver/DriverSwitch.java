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

/// Switches the network driver on and off as a background process, which [Machine#down] ends as well. A
/// file that survives records that it is on, so that it starts again with the next use of this machine.
/// Concurrent calls wait for each other. Thread-safe.
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

    /// Starts the driver if it does not run, and returns when it answers. After a failure it is not
    /// switched on.
    ///
    /// @throws RefusedException when another process serves, or this machine or user cannot have a
    ///     helper
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

    /// Held while switching, and while a resumed driver starts to serve.
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

    /// The driver's networks stay. A driver in a terminal continues.
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
            // A driver that was killed has left its socket, and an engine would wait for an answer
            // there.
            if (!RemoteDriver.isServed(SOCKET)) {
                Files.deleteIfExists(SOCKET);
            }
        } catch (IOException e) {
            throw EngineException.of("delete " + file, e);
        }
    }

    /// Starts the process again when it is switched on and has ended, for example with the machine. It
    /// does not wait: the process itself checks at its start whether it is still switched on.
    public void resume() throws EngineException {
        if (isOn() && !RemoteDriver.isServed(SOCKET)) {
            process.start(DriverMain.class, List.of(DriverMain.RESUMED));
        }
    }
}
