package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;

class Podman54Test extends EngineReleaseTest {
    Podman54Test() {
        super(EngineVersion.PODMAN_5_4);
    }
}
