package dev.patchbay.core.docker;

import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As [EngineRandomRulesTest], beside the rules of the newest Podman.
class PodmanRandomRulesTest {
    @TempDir
    private Path directory;

    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        try (RealEngine engine = RealEngine.startNewestPodman(directory)) {
            Machine machine = engine.machine(directory);
            try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
                new EngineRandomRules(engine, seeing).compare("Podman", "FORWARD");
            } finally {
                machine.down();
            }
        }
    }
}
