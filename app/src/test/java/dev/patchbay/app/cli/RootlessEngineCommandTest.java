package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.core.docker.LocalMachineAccess;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands on an engine of an ordinary user, where root's helper of its host answers.
@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
class RootlessEngineCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"DOCKER_26, 'network driver slirp4netns, port driver builtin'", "PODMAN_5_4, network driver pasta"})
    void commandsSayWhatItIs(EngineVersion version, String drivers) throws Exception {
        try (EngineRunner engine = version.startRootless(directory)) {
            Machine machine = new Machine(
                    StateDirectory.ofMachine(directory.resolve("root")),
                    HelperCommand.ofThisProgram(),
                    engine.joining());
            assertThat(machine.up()).isInstanceOf(HelperStart.Ready.class);
            try {
                new Commands(engine, machine).check(drivers);
            } finally {
                machine.down();
            }
            assertThat(engine.lines("ps", "-aq")).isEmpty();
            assertThat(engine.lines("network", "ls", "--format", "{{.Name}}")).doesNotContain("shop");
        }
    }

    private final class Commands {
        private final Machine machine;
        private final EngineRunner engine;
        private final Map<String, String> environment;

        Commands(EngineRunner engine, Machine machine) {
            this.engine = engine;
            this.machine = machine;
            this.environment = Map.of(
                    "DOCKER_HOST",
                    engine.address(),
                    "HOME",
                    directory.toString(),
                    "PATCHBAY_HOME",
                    directory.resolve("home").toString(),
                    "PATCHBAY_HOST",
                    "local");
        }

        void check(String drivers) throws Exception {
            done("network", "create", "shop");
            done("run", "-d", "--name", "web", "--network", "shop", "-p", "8080:80", "httpd:2.4");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.outside("curl -s --max-time 3 http://198.51.100.2:8080/ || true")
                                            .out())
                                    .contains("It works!"));
            assertThat(done("ps")).contains("0.0.0.0:8080->80/tcp");
            assertThat(done("status")).contains("Rootless:    " + drivers).containsPattern("Problems: +0");

            for (List<String> line : List.of(
                    List.of("rules"),
                    List.of("rules", "-t", "nft"),
                    List.of("repair"),
                    List.of("repair", "--dry-run"),
                    List.of("explain", "outside", "web:80"),
                    List.of("publish", "web", "8090:80"),
                    List.of("network", "create", "--managed-by", "patchbay", "beside"))) {
                CliResult refused = typed(line);
                assertThat(refused.exitCode()).as(line.toString()).isEqualTo(ExitCode.REFUSED);
                assertThat(refused.err())
                        .as(line.toString())
                        .contains(
                                "This engine is rootless: its bridges and rules are in a network namespace of its own")
                        .doesNotContain("daemon");
            }

            Path picture = directory.resolve("host.svg");
            done("picture", picture.toString());
            assertThat(Files.readString(picture)).contains("· rootless").contains("web", "shop");

            done("undo");
            done("undo");
        }

        private String done(String... words) {
            CliResult typed = typed(List.of(words));
            assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
            return typed.out().strip();
        }

        private CliResult typed(List<String> words) {
            return CliResult.run(environment, Clock.systemUTC(), this::open, words.toArray(String[]::new));
        }

        private ConnectedHost open(String name) throws EngineException {
            HostOpener.Result answer = HostConnector.start(
                    environment,
                    name,
                    (_, silence) -> new LocalMachineAccess(machine, silence),
                    DockerEngine.SILENCE,
                    _ -> {});
            assertThat(answer).isInstanceOf(HostOpener.Result.Opened.class);
            return ((HostOpener.Result.Opened) answer).connected();
        }
    }
}
