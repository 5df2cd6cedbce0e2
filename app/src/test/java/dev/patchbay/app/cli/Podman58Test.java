package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Podman58Test extends NewestReleaseTest {
    Podman58Test() {
        super(EngineVersion.PODMAN_5_8);
    }
}
