package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Docker20Test extends EngineReleaseTest {
    Docker20Test() {
        super(EngineVersion.DOCKER_20_10);
    }
}
