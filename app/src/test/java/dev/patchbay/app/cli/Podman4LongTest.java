package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class Podman4LongTest extends NewestReleaseTest {
    Podman4LongTest() {
        super(EngineVersion.PODMAN_4);
    }
}
