package dev.patchbay.core.docker;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Podman with a helper of its host.
abstract class PodmanHostTest extends RealPodmanTest {
    Machine machine;
    EngineHost seeing;

    @BeforeEach
    void connectWithTheHelper() throws Exception {
        machine = engine.machine(directory);
        seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {});
    }

    @AfterEach
    void endTheHelper() throws EngineException {
        seeing.close();
        machine.down();
    }

    Path helper() throws EngineException {
        return ((HelperStart.Ready) machine.up()).socket();
    }
}
