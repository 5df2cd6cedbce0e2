package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class Docker20LongTest extends NewestReleaseTest {
    Docker20LongTest() {
        super(EngineVersion.DOCKER_20_10);
    }
}
