package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class Podman54LongTest extends NewestReleaseTest {
    Podman54LongTest() {
        super(EngineVersion.PODMAN_5_4);
    }
}
