package dev.patchbay.app.window;

import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.differential.OnEngine;

/// The seed session by mouse on the Docker that people have today.
@OnEngine(EngineVersion.DOCKER_28)
class SeedSessionOnDocker28Test extends SeedSessionOnAnEngineTest {}
