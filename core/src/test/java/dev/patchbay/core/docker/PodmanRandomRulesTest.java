package dev.patchbay.core.docker;

import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// As [EngineRandomRulesTest], beside the rules of the newest Podman.
@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class PodmanRandomRulesTest {
    @TempDir
    private Path directory;

    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        try (RealEngine engine = RealEngine.startNewestPodman(directory)) {
            Machine machine = engine.machine(directory);
            try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
                new EngineRandomRules(engine, seeing).compare("Podman");
            } finally {
                machine.down();
            }
        }
    }
}
