package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Docker28Test extends NewestReleaseTest {
    Docker28Test() {
        super(EngineVersion.DOCKER_28);
    }
}
