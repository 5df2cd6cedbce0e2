package dev.patchbay.core.docker;

import dev.patchbay.core.model.RootlessEngine;

class RootlessPodmanTest extends RootlessEngineTest {
    @Override
    String program() {
        return "podman";
    }

    @Override
    RootlessEngine drivers() {
        return new RootlessEngine("pasta", "");
    }
}
