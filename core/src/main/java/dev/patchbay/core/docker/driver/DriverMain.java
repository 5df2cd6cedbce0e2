package dev.patchbay.core.docker.driver;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.os.LockFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// `DriverMain [resumed]`: serves the network driver for this machine's Docker until it is ended. A
/// second process ends at once, and so does a resumed one after the driver was switched off.
public final class DriverMain {
    static final String RESUMED = "resumed";

    private DriverMain() {}

    public static void main(String[] arguments) {
        try {
            Machine machine = Machine.here(HelperCommand.ofThisProgram());
            if (arguments.length == 0) {
                serve(machine);
            } else if (!resume(machine)) {
                return;
            }
            new CountDownLatch(1).await();
        } catch (EngineException | RefusedException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(3);
        }
    }

    private static void serve(Machine machine) throws EngineException, RefusedException, IOException {
        RemoteDriver driver = RemoteDriver.open(RemoteDriver.PLUGINS, machine);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::close));
        machine.driver().writeRecord();
    }

    /// The record is written under the lock. So switching it off at the same time finds the record, or
    /// this process finds the driver switched off.
    private static boolean resume(Machine machine) throws EngineException, RefusedException, IOException {
        DriverSwitch driver = DriverSwitch.of(machine);
        try (LockFile _ = driver.lock()) {
            if (!driver.isOn()) {
                return false;
            }
            serve(machine);
            return true;
        }
    }
}
