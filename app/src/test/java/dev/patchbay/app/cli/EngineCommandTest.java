package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands typed beside a real engine, compared with what its own client prints.
class EngineCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IMAGE = "httpd:2.4";

    @TempDir
    static Path directory;

    private static EngineRunner engine;

    @BeforeAll
    static void startTheEngine() throws IOException {
        engine = EngineVersion.DOCKER_20_10.start(directory);
        engine.docker("volume", "create", "a-volume-with-a-long-name");
        run(
                "sound",
                "--health-cmd",
                "true",
                "--health-interval",
                "1s",
                "-v",
                "a-volume-with-a-long-name:/data",
                "-v",
                "/srv:/srv/in");
        run("ill", "--health-cmd", "false", "--health-interval", "1s", "--health-retries", "1", "-v", "/anonymous");
        run("young", "--health-cmd", "true", "--health-interval", "1h");
        run("plain");
        engine.docker("exec", "plain", "sh", "-c", "echo something >/tmp/something");
        await().atMost(PATIENCE)
                .until(() -> dockers("ps", "--format", "{{.Names}} {{.Status}}").stream()
                                .filter(line -> line.contains("healthy)"))
                                .count()
                        == 2);
    }

    private static void run(String name, String... options) {
        engine.docker(Stream.of(Stream.of("run", "-d", "--name", name), Arrays.stream(options), Stream.of(IMAGE))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    private static List<String> dockers(String... words) {
        return engine.lines(words);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "DOCKER_HOST",
                engine.address(),
                "HOME",
                directory.toString(),
                "PATCHBAY_HOME",
                directory.resolve("home").toString(),
                "PATCHBAY_HOST",
                "local");
    }

    private static CliResult ours(String... words) {
        Map<String, String> environment = environment();
        return CliResult.run(environment, Clock.systemUTC(), name -> open(environment, name), words);
    }

    /// Nothing of this machine's kernel is looked at: the engine has one of its own.
    private static ConnectedHost open(Map<String, String> environment, String name) throws EngineException {
        HostOpener.Result answer = HostConnector.start(
                environment,
                name,
                (_, _) -> MachineAccess.none(),
                dev.patchbay.core.docker.api.DockerEngine.SILENCE,
                _ -> {});
        assertThat(answer).isInstanceOf(HostOpener.Result.Opened.class);
        return ((HostOpener.Result.Opened) answer).connected();
    }

    /// The order of mounts is another one each time in Docker's list.
    private static List<String> sorted(List<String> lines) {
        return lines.stream()
                .map(line -> Stream.of(line.split("[ ,]")).sorted().toList().toString())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{.Names}} {{.LocalVolumes}}",
                "{{.Names}} {{.Mounts}}",
                "{{.Names}} {{.Size}}",
                "{{.Names}} {{.State}}"
            })
    void columnsAreWhatTheEnginesClientPrints(String format) {
        assertThat(sorted(ours("ps", "-a", "--format", format).outLines()))
                .isEqualTo(sorted(dockers("ps", "-a", "--format", format)));
        assertThat(sorted(ours("ps", "-a", "--no-trunc", "--format", format).outLines()))
                .isEqualTo(sorted(dockers("ps", "-a", "--no-trunc", "--format", format)));
    }

    @Test
    void healthStandsInTheStatus() {
        assertThat(ours("ps", "--format", "{{.Names}}:{{.Status}}").outLines())
                .anyMatch(line -> line.matches("sound:Up .* \\(healthy\\)"))
                .anyMatch(line -> line.matches("ill:Up .* \\(unhealthy\\)"))
                .anyMatch(line -> line.matches("young:Up .* \\(health: starting\\)"))
                .anyMatch(line -> line.matches("plain:Up [^(]*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "health=healthy",
                "health=unhealthy",
                "health=starting",
                "health=none",
                "volume=a-volume-with-a-long-name",
                "volume=/data",
                "volume=/srv",
                "volume=/srv/in",
                "volume=/anonymous",
                "volume=a-volume"
            })
    void filtersFindWhatTheEngineFinds(String filter) {
        List<String> found = dockers("ps", "-a", "--filter", filter, "--format", "{{.Names}}");
        assertThat(ours("ps", "-a", "--filter", filter, "--format", "{{.Names}}")
                        .outLines())
                .isEqualTo(found);
        assertThat(found.isEmpty()).isEqualTo(filter.equals("volume=a-volume"));
    }

    @Test
    void sizesAreAColumnWhenTheyAreAskedFor() {
        assertThat(ours("ps", "-s").outLines().getFirst()).endsWith("NAMES     SIZE");
        assertThat(ours("ps", "--size", "--filter", "name=plain").outLines().getLast())
                .matches(".* [0-9.]+k?B \\(virtual [0-9.]+[kM]B\\)");
        assertThat(ours("ps").outLines().getFirst()).endsWith("NAMES");
    }

    @Test
    void logsComeAsTheyWereWritten() {
        engine.docker(
                "run", "-d", "--name", "talker", IMAGE, "sh", "-c", "echo grüße; echo bad >&2; sleep 1; echo end");
        await().atMost(PATIENCE).untilAsserted(() -> {
            CliResult typed = ours("logs", "talker");
            assertThat(typed.outLines()).containsExactly("grüße", "end");
            assertThat(typed.err().lines()).containsExactly("bad");
        });
        assertThat(ours("logs", "-f", "--tail", "1", "talker").outLines()).containsExactly("end");
        assertThat(ours("logs", "nobody").exitCode()).isEqualTo(ExitCode.REFUSED);
        engine.docker("rm", "-f", "talker");
    }

    @Test
    void aPacketIsTracedOnlyOnTheEnginesMachineAndThatIsSaid() {
        CliResult typed = ours("explain", "sound", "plain:80");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(typed.err()).contains("only on the machine that the engine runs on");
    }

    /// The engine's order is another one each time.
    @Test
    void whatIsPrunedIsListedAsTheEnginesClientListsIt() {
        assertThat(ours("network", "prune", "-f").out()).isEmpty();
        assertThat(dockers("network", "prune", "-f")).isEmpty();
        assertThat(pruned("network", false)).isEqualTo(pruned("network", true));
        assertThat(pruned("container", false)).isEqualTo(pruned("container", true));
        assertThat(ours("container", "prune", "-f").outLines()).isEqualTo(dockers("container", "prune", "-f"));
    }

    private static List<String> pruned(String kind, boolean byDocker) {
        if (kind.equals("network")) {
            engine.docker("network", "create", "first");
            engine.docker("network", "create", "second");
        } else {
            engine.docker("run", "--name", "writer", IMAGE, "sh", "-c", "echo something >/tmp/something");
            engine.docker("create", IMAGE);
        }
        List<String> lines = byDocker
                ? dockers(kind, "prune", "-f")
                : ours(kind, "prune", "-f").outLines();
        assertThat(lines).hasSizeGreaterThan(3);
        return Stream.of(
                        lines.subList(0, 1),
                        lines.subList(1, 3).stream()
                                .map(line -> line.replaceAll("^[0-9a-f]{64}$", "ID"))
                                .sorted()
                                .toList(),
                        lines.subList(3, lines.size()))
                .flatMap(List::stream)
                .toList();
    }

    /// Each command is a process of its own.
    @Test
    void aCommandUndoesWhatAnotherDid() throws Exception {
        process(ExitCode.DONE, "network", "create", "shop");
        process(ExitCode.DONE, "run", "-d", "--name", "web", "--network", "shop", IMAGE);
        engine.docker("rm", "-f", "web");
        engine.docker("run", "-d", "--name", "web", IMAGE);
        String stranger = engine.docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", "web");

        assertThat(process(ExitCode.REFUSED, "undo"))
                .endsWith(": container web is gone; the one with this name now is another");
        assertThat(engine.docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", "web"))
                .isEqualTo(stranger);
        assertThat(process(ExitCode.DONE, "undo")).isEqualTo("undo: docker network create shop");
        assertThat(dockers("network", "ls", "-qf", "name=shop")).isEmpty();
        assertThat(process(ExitCode.DONE, "redo")).isEqualTo("redo: docker network create shop");
        assertThat(process(ExitCode.DONE, "undo")).isEqualTo("undo: docker network create shop");
        assertThat(dockers("network", "ls", "-qf", "name=shop")).isEmpty();
        assertThat(process(ExitCode.REFUSED, "undo")).isEqualTo("Error: Nothing to undo");
        assertThat(engine.docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", "web"))
                .isEqualTo(stranger);
        engine.docker("rm", "-f", "web");
    }

    /// One of them is refused or is about the action before, never about the same one.
    @Test
    void twoUndoneAtOnceAreTwoActions() throws Exception {
        process(ExitCode.DONE, "network", "create", "first");
        process(ExitCode.DONE, "network", "create", "second");
        List<Process> both = List.of(start("undo"), start("undo"));
        List<String> told = new ArrayList<>();
        for (Process undo : both) {
            String text = new String(undo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (undo.waitFor() == ExitCode.DONE) {
                told.add(text);
            } else {
                assertThat(text).contains("is still under way");
            }
        }
        assertThat(told).doesNotHaveDuplicates().contains("undo: docker network create second");
        assertThat(dockers("network", "ls", "-qf", "name=first", "-f", "name=second"))
                .hasSize(2 - told.size());
        if (told.size() == 1) {
            process(ExitCode.DONE, "undo");
        }
    }

    private static Process start(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(TerminalTest.patchbay(words)).redirectErrorStream(true);
        builder.environment().putAll(environment());
        builder.environment()
                .put("PATCHBAY_HOME", directory.resolve("processes").toString());
        return builder.start();
    }

    private static String process(int code, String... words) throws Exception {
        Process process = start(words);
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(text).isEqualTo(code);
        return text;
    }

    /// What Patchbay has nothing of beside this engine is not called well.
    @Test
    void repairSpeaksOfNoMoreThanItChecked() {
        assertThat(ours("repair", "--dry-run").outLines())
                .containsExactly("Nothing was checked: the kernel of this host cannot be read from here.");
    }

    @Test
    void whatOnlyALabCanDoIsRefusedWithTheReason() {
        CliResult repair = ours("repair", "--auto", "on");
        assertThat(repair.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(repair.firstErrorLine()).startsWith("Error: Automatic repair is there for a Lab only");
    }

    @Test
    void aComposeFileIsAppliedChangedTakenBackAndRemoved() throws IOException {
        Path file = directory.resolve("compose.yaml");
        String text = """
                name: shop
                services:
                  web: {image: "httpd:2.4", ports: ["8097:80"], networks: [front]}
                networks:
                  front: {ipam: {config: [{subnet: 10.88.0.0/24}]}}
                """;
        Files.writeString(file, text);
        assertThat(ours("apply", "--yes", file.toString())).isEqualTo(new CliResult(ExitCode.DONE, """
                        + network shop_front: 10.88.0.0/24
                        + container shop-web-1: httpd:2.4, on shop_front, publish 8097:80
                        Done. 'patchbay undo' takes all of it back.
                        """, ""));
        assertThat(ours("apply", file.toString()).out()).isEqualTo("Nothing to do.\n");

        Files.writeString(file, text.replace("8097", "8098"));
        CliResult changed = ours("apply", "--yes", file.toString());
        assertThat(changed.out()).isEqualTo("""
                ± container shop-web-1: publish 8098:80, unpublish 8097:80
                Done. 'patchbay undo' takes it back, except the files of removed containers.
                """);
        assertThat(changed.err())
                .isEqualTo("note: undo creates a removed container again, without the files that it has outside of"
                        + " volumes\n");
        assertThat(ours("undo").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(dockers("port", "shop-web-1")).containsExactly("80/tcp -> 0.0.0.0:8097");

        assertThat(ours("down", "--yes", file.toString()).out()).startsWith("""
                - container shop-web-1
                - network shop_front
                Done.""");
        assertThat(dockers("ps", "-aq", "--filter", "label=com.docker.compose.project=shop"))
                .isEmpty();
        assertThat(dockers("network", "ls", "-q", "--filter", "name=shop_front"))
                .isEmpty();
    }

    @Test
    void aStoppedEngineIsAFailureOfTheCommand() {
        engine.onHost("kill -STOP $(cat /run/docker.pid)");
        try {
            long begun = System.nanoTime();
            CliResult typed = ours("ps");
            assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(typed.firstErrorLine()).endsWith("it has not answered for 8 s: is it stopped, or overloaded?");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        } finally {
            engine.onHost("kill -CONT $(cat /run/docker.pid)");
        }
        assertThat(ours("ps").exitCode()).isEqualTo(ExitCode.DONE);
    }
}
