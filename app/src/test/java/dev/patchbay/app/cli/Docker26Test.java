package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Docker26Test extends EngineReleaseTest {
    Docker26Test() {
        super(EngineVersion.DOCKER_26);
    }
}
