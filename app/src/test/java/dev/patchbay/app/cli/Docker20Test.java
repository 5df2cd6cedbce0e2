package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.api.Test;

class Docker20Test extends EngineReleaseTest {
    Docker20Test() {
        super(EngineVersion.DOCKER_20_10);
    }

    @Test
    void goneRulesAreBackWordForWord() {
        goneRulesOfDockerAreBackWordForWord("");
    }
}
