package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.differential.OnEngine;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@OnEngine(EngineVersion.DOCKER_28)
@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class HostDriverOnDocker28LongTest extends HostDriverCommandTest {}
