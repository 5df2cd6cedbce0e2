package dev.patchbay.app.cli;

import dev.patchbay.app.differential.EngineVersion;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(value = EngineVersion.class, mode = EnumSource.Mode.MATCH_ALL, names = "PODMAN_.*")
class PodmanReleasesTest extends EngineReleaseTest {}
