package dev.patchbay.core.docker.driver;

import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// Serves this machine's Docker until it is ended. The second one to come ends at once.
public final class DriverMain {
    private DriverMain() {}

    public static void main(String[] arguments) {
        try {
            Machine machine = Machine.here(HelperCommand.standard());
            NetworkDriver driver = NetworkDriver.open(NetworkDriver.PLUGINS, machine);
            Runtime.getRuntime().addShutdownHook(new Thread(driver::close));
            machine.driver().record();
            new CountDownLatch(1).await();
        } catch (EngineException | Mistake | IOException e) {
            System.err.println(e.getMessage());
            System.exit(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(3);
        }
    }
}
