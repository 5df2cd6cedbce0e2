package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.app.Launcher;
import dev.patchbay.app.cli.Cli;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The window and the command line with an engine of another machine: `local`, by `DOCKER_HOST` and certificates, and
/// `far`, a context that leads over ssh.
@Tag("private-namespace")
class RemoteHostTest extends ApplicationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ADDRESS = "tcp://203.0.113.2:2376";
    private static final String ELSEWHERE =
            "Docker cannot do this, and Patchbay can only on the machine that the engine runs on";

    @TempDir
    static Path directory;

    private static EngineRunner engine;
    private static boolean far;

    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private Map<String, String> environment;
    private HostWindows hosts;

    private record Ran(int exitCode, String out, String err) {}

    @BeforeAll
    static void startTheEngine() throws IOException {
        assumeTrue(
                System.getenv("CI") != null
                        || Stream.of("/usr/sbin/sshd", "/usr/bin/openssl")
                                .map(Path::of)
                                .allMatch(Files::isExecutable),
                "needs Debian's openssh-server and openssl");
        engine = EngineVersion.DOCKER_20_10.start(directory);
        far = true;
        engine.moveToRemoteHost();
        engine.docker("context", "create", "far", "--docker", "host=ssh://far");
        engine.docker("run", "-d", "--name", "web", "-p", "8080:80", "httpd:2.4");
    }

    @AfterAll
    static void endTheEngine() {
        if (far) {
            engine.remoteSide("gone");
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Start
    @Override
    public void start(Stage stage) {
        Fonts.load();
        environment = Map.of(
                "PATCHBAY_HOST", "local",
                "PATCHBAY_HOME", directory.resolve("home").toString(),
                "HOME", directory.toString(),
                "DOCKER_CONFIG", directory.toString(),
                "DOCKER_HOST", ADDRESS,
                "DOCKER_TLS_VERIFY", "1",
                "DOCKER_CERT_PATH", directory.resolve("certs").toString());
        hosts = new HostWindows(
                stage,
                environment,
                HostConnector.HostSideFactory.LOCAL,
                tasks,
                directory.resolve("window.json"),
                new WindowState(1200, 780, false, Theme.DARK));
        stage.show();
    }

    @AfterEach
    void close() {
        interact(hosts::close);
        tasks.close();
        noSocketIsLeft();
        noSshIsLeft();
    }

    private static void noSocketIsLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"))) {
                assertThat(sockets).noneMatch(line -> line.endsWith("/engine.sock"));
            }
        });
    }

    private static void noSshIsLeft() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses())
                        .noneMatch(
                                process -> process.info().command().orElse("").endsWith("/ssh")));
    }

    private HostChoice choice(String name) {
        return hosts.choices().stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HostViewModel shown() {
        return hosts.shown().orElseThrow().model().host();
    }

    /// None before the first picture.
    private List<Container> containers() {
        Topology topology = shown().topology().get();
        return topology == null ? List.of() : topology.containers();
    }

    private void untilWebIsSeen() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(shown().connection().get()).isEqualTo(new ConnectionState.Live());
            assertThat(containers()).anyMatch(container -> container.name().equals("web") && container.running());
        });
    }

    @Test
    void theWindowShowsItOverEitherWay() throws Exception {
        interact(() -> hosts.choose(choice("local")));
        assertThat(lookup("#hostSwitch").queryAs(MenuButton.class).getText()).isEqualTo(ADDRESS);
        untilWebIsSeen();

        engine.remoteSide("nosshd");
        interact(() -> hosts.choose(choice("far")));
        assertThat(lookup("#hostSwitch").queryAs(MenuButton.class).getText()).isEqualTo("far");
        await().atMost(PATIENCE).until(() -> shown().connection().get() instanceof ConnectionState.Unavailable);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup(".label").queryAllAs(Label.class))
                .anyMatch(label -> label.isVisible()
                        && label.getText()
                                .contains("ask the engine at ssh://far: ssh says: ssh: connect to host 203.0.113.2"
                                        + " port 2222: Connection refused"));
        engine.remoteSide("sshd");
        interact(() -> shown().open());
        untilWebIsSeen();

        Change publish = new Change.Publish("web", PortArgument.mapping("8090:80"));
        interact(() -> shown().apply(publish));
        await().atMost(PATIENCE).until(() -> !shown().failures().isEmpty());
        assertThat(shown().failures().getFirst().sentence()).isEqualTo(ELSEWHERE);

        engine.remoteSide("nosshd");
        await().atMost(PATIENCE).until(() -> shown().connection().get() instanceof ConnectionState.Lost);
        assertThat(containers()).isNotEmpty();
        assertThat(hosts.connectionState("local")).contains(new ConnectionState.Live());
        engine.remoteSide("sshd");
        untilWebIsSeen();
    }

    private Ran patchbay(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code;
        try (CliSession session = new CliSession(
                new StringReader(""),
                new PrintWriter(out),
                new PrintWriter(err),
                Clock.systemUTC(),
                environment,
                name -> HostConnector.open(environment, name, _ -> {}),
                false)) {
            code = Cli.run(session, words);
        }
        return new Ran(code, out.toString().strip(), err.toString().strip());
    }

    @Test
    void commandsSayWhatDockersSay() {
        assertThat(patchbay("host", "ls", "--format", "{{.Name}}|{{.Address}}|{{.Obstacle}}")
                        .out())
                .isEqualTo("lab|-|\nlocal|" + ADDRESS + "|\nfar|ssh://far|");
        String over = engine.docker(Map.of("DOCKER_HOST", "ssh://far"), "inspect", "web");
        assertThat(patchbay("--host", "far", "inspect", "web").out()).isEqualTo(over);
        assertThat(patchbay("--host", "local", "inspect", "web").out())
                .isEqualTo(engine.docker(environment, "inspect", "web"))
                .isEqualTo(over);
        String[] ports = {"ps", "--format", "{{.Names}} {{.Ports}}"};
        assertThat(patchbay(ports).out()).isEqualTo(engine.docker(environment, ports));
        for (String host : List.of("local", "far")) {
            Ran refused = patchbay("--host", host, "publish", "web", "8090:80");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err()).contains(ELSEWHERE);
        }
    }

    @Test
    void sshEndsWithAProgramThatIsKilled() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        "--host",
                        "far",
                        "events")
                .directory(new File("/"))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("XDG_RUNTIME_DIR", directory.toString());
        Process events = builder.start();
        await().atMost(PATIENCE)
                .until(() -> events.children()
                        .anyMatch(child -> child.info().command().orElse("").endsWith("/ssh")));
        try (Stream<Path> files = Files.walk(directory, 2)) {
            assertThat(files).anyMatch(file -> file.endsWith("engine.sock"));
        }
        events.destroyForcibly().waitFor();
        noSshIsLeft();
    }
}
