package dev.patchbay.app.differential;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInfo;

/// A release of Docker or Podman that people run, as a suite of Debian has it: bookworm is this machine's own, the
/// others are unpacked by `build/suite`.
public enum EngineVersion {
    DOCKER_20_10("docker", "", "/usr/sbin/dockerd", "Docker version 20.10."),
    DOCKER_26("docker", "trixie", "", ""),
    DOCKER_28("docker", "sid", "", ""),
    PODMAN_4("podman", "", "/usr/bin/podman", "podman version 4."),
    PODMAN_5_4("podman", "trixie", "", ""),
    PODMAN_5_8("podman", "sid", "", "");

    private static final Path BUILD = Path.of("../build").toAbsolutePath();

    private final String name;
    private final String suite;
    private final String program;
    private final String version;

    EngineVersion(String name, String suite, String program, String version) {
        this.name = name;
        this.suite = suite;
        this.program = program;
        this.version = version;
    }

    /// Of a test class with [OnEngine], or Docker 20.10.
    public static EngineVersion of(TestInfo test) {
        OnEngine named = test.getTestClass().orElseThrow().getAnnotation(OnEngine.class);
        return named == null ? DOCKER_20_10 : named.value();
    }

    public boolean isDocker() {
        return name.equals("docker");
    }

    /// Without it the test is skipped on a person's machine, and fails under CI; but what sid has is a skip
    /// everywhere on a day when sid cannot be unpacked.
    public void require() {
        boolean required = System.getenv("CI") != null && !suite.equals("sid");
        assumeTrue(
                required || (isRoot() && isInstalled()),
                suite.isEmpty()
                        ? "needs root and " + program + " of Debian, " + version
                        : "Debian " + suite + " is not unpacked: build/suite unpack " + suite);
    }

    /// Starts one, which is [required][#require].
    ///
    /// @param directory of its own, for its socket and its log
    public EngineRunner start(Path directory) throws IOException {
        require();
        return EngineRunner.start(BUILD.resolve(name + "-host"), name, suite, directory, EngineRunner.CLIENT);
    }

    /// As [#start], asked by the client of its own release.
    EngineRunner startWithItsClient(Path directory) throws IOException {
        require();
        Path client = suite.isEmpty() ? EngineRunner.CLIENT : inSuite(suite, "usr/bin/docker");
        return EngineRunner.start(BUILD.resolve(name + "-host"), name, suite, directory, client);
    }

    /// Compose 2 of the same suite; bookworm has none.
    public Path compose() {
        return inSuite(suite.isEmpty() ? DOCKER_26.suite : suite, "usr/bin/docker-compose");
    }

    private static Path inSuite(String suite, String file) {
        return Path.of(CommandResult.program(
                                Map.of(), List.of(BUILD.resolve("suite").toString(), "path", suite))
                        .line())
                .resolve(file);
    }

    /// As [#start], the engine of an ordinary user.
    public EngineRunner startRootless(Path directory) throws IOException {
        require();
        return EngineRunner.start(
                List.of(BUILD.resolve("rootless-host").toString(), name, directory.toString(), suite),
                directory.resolve(name + ".sock"),
                EngineRunner.CLIENT);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private boolean isInstalled() {
        if (suite.isEmpty()) {
            return Files.isExecutable(Path.of(program))
                    && CommandResult.program(Map.of(), List.of(program, "--version"))
                            .out()
                            .startsWith(version);
        }
        return CommandResult.program(Map.of(), List.of(BUILD.resolve("suite").toString(), "path", suite))
                        .exitCode()
                == 0;
    }
}
