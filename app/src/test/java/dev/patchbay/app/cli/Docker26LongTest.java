package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class Docker26LongTest extends NewestReleaseTest {
    Docker26LongTest() {
        super(EngineVersion.DOCKER_26);
    }

    @Test
    void goneRulesAreBackWordForWord() {
        goneRulesOfDockerAreBackWordForWord("");
    }
}
