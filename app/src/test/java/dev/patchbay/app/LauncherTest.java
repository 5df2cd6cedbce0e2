package dev.patchbay.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.patchbay.app.cli.command.ExitCode;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program without a command: the window, of the host that is asked for, or a sentence.
class LauncherTest {
    private static final Path X_SERVER = Path.of("/usr/bin/Xvfb");

    @TempDir
    Path home;

    @Test
    void aMissingOrUnreachableDisplayIsOneSentence() throws Exception {
        assertOneSentence(Map.of(), "There is no display for the window");
        assertOneSentence(Map.of("DISPLAY", ":987"), "The window cannot be shown (Unable to ");
        assertThat(home).as("no Lab without a window").isEmptyDirectory();
    }

    @Test
    void aHostThatIsNotThereIsOneSentence() throws Exception {
        String sentence = "there is no host `nope`: `patchbay host ls` lists what there is.";
        assertThat(ran(start(Map.of("PATCHBAY_HOST", "nope")))).isEqualTo(sentence + "\n");
        assertThat(ran(start(Map.of(), "--host", "nope"))).isEqualTo(sentence + "\n");
        assertThat(ran(start(Map.of("PATCHBAY_HOST", "nope"), "--host=lab"))).startsWith("There is no display");
    }

    /// Docker's socket is told by the window's first question.
    @Test
    void theWindowShowsTheHostThatIsAskedFor() throws Exception {
        boolean able = Files.isExecutable(X_SERVER);
        assumeTrue(able || System.getenv("CI") != null, "needs Xvfb");
        Path socket = home.resolve("docker.sock");
        Process server = new ProcessBuilder(X_SERVER.toString(), "-displayfd", "1", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (ServerSocketChannel docker = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                BufferedReader told = server.inputReader()) {
            docker.bind(UnixDomainSocketAddress.of(socket));
            Map<String, String> environment =
                    Map.of("DISPLAY", ":" + told.readLine(), "DOCKER_HOST", "unix://" + socket);
            assertAsks(docker, start(environment, "--host", "local"));
            Map<String, String> chosen = new HashMap<>(environment);
            chosen.put("PATCHBAY_HOST", "local");
            assertAsks(docker, start(chosen));
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, SECONDS)).isTrue();
        }
        assertThat(home.resolve("lab")).as("no Lab that nobody asked for").doesNotExist();
    }

    /// docker-java's commands, their JSON and Guava take longer to load than the answer of the engine.
    @Test
    void aCommandThatReadsAnEngineLoadsTheTransportAlone() throws Exception {
        Path loaded = home.resolve("loaded");
        HttpServer docker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        docker.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String answer =
                    path.endsWith("/version") ? "{\"ApiVersion\":\"1.41\"}" : path.endsWith("/info") ? "{}" : "[]";
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        docker.start();
        try {
            Map<String, String> environment = Map.of(
                    "DOCKER_HOST",
                    "tcp://127.0.0.1:" + docker.getAddress().getPort(),
                    "JDK_JAVA_OPTIONS",
                    "-Xlog:class+load:file=" + loaded);
            for (String verb : List.of("network ls", "ps")) {
                Process process = start(environment, ("--host local " + verb).split(" "));
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(output).isZero();
                assertThat(Files.readString(loaded))
                        .contains(" com.github.dockerjava.zerodep.")
                        .doesNotContain(
                                " com.github.dockerjava.core.",
                                " com.github.dockerjava.api.model.",
                                " com.google.common.");
            }
        } finally {
            docker.stop(0);
        }
    }

    private static void assertAsks(ServerSocketChannel docker, Process window) throws Exception {
        docker.configureBlocking(false);
        try {
            SocketChannel asked = await().atMost(Duration.ofSeconds(60)).until(docker::accept, Objects::nonNull);
            asked.close();
        } finally {
            window.destroy();
            assertThat(window.waitFor(60, SECONDS)).isTrue();
        }
        for (SocketChannel other = docker.accept(); other != null; other = docker.accept()) {
            other.close();
        }
    }

    private void assertOneSentence(Map<String, String> display, String beginning) throws Exception {
        Process process = start(display);
        assertThat(ran(process).lines())
                .singleElement()
                .asString()
                .startsWith(beginning)
                .endsWith("every command works without one, as `patchbay tour` or `patchbay --help`.");
    }

    private static String ran(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(ExitCode.USAGE);
        return output;
    }

    private Process start(Map<String, String> environment, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dprism.order=sw",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "PATCHBAY_HOST"));
        builder.environment().put("PATCHBAY_HOME", home.toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
