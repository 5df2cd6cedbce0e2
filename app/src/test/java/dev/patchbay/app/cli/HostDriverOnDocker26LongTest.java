package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.differential.OnEngine;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@OnEngine(EngineVersion.DOCKER_26)
@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class HostDriverOnDocker26LongTest extends HostDriverCommandTest {}
