package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Podman4Test extends EngineReleaseTest {
    Podman4Test() {
        super(EngineVersion.PODMAN_4);
    }
}
