package dev.patchbay.app.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A real engine, run by `build/docker-host` or `build/podman-host` in namespaces of its own until this is closed
/// or this JVM ends. Docker's own client asks it, Podman as well.
public final class EngineRunner implements ContainerEngine {
    /// Debian's own client: another one may stand earlier in the path, with other sentences.
    static final Path CLIENT = Path.of("/usr/bin/docker");

    private static final long SECONDS_TO_END = 30;

    private final Path client;
    private final Process host;
    private final BufferedReader out;
    private final String init;
    private final Path directory;
    private final Map<String, String> environment;

    private EngineRunner(Process host, BufferedReader out, String init, Path socket, Path client) {
        this.client = client;
        this.host = host;
        this.out = out;
        this.init = init;
        this.directory = Objects.requireNonNull(socket.getParent());
        this.environment = Map.of("DOCKER_CONFIG", directory.toString(), "DOCKER_HOST", "unix://" + socket);
    }

    /// @param script runs the engine
    /// @param name of the engine's socket and of its log
    /// @param suite of Debian that the engine is of; empty for this machine's own
    /// @param client a program that asks it
    static EngineRunner start(Path script, String name, String suite, Path directory, Path client) throws IOException {
        List<String> line = new ArrayList<>(List.of(script.toString(), directory.toString()));
        if (!suite.isEmpty()) {
            line.add(suite);
        }
        return start(line, directory.resolve(name + ".sock"), client);
    }

    /// @param line the script that runs the engine, with its arguments
    /// @param client a program that asks it
    static EngineRunner start(List<String> line, Path socket, Path client) throws IOException {
        Path directory = Objects.requireNonNull(socket.getParent());
        Process host = new ProcessBuilder(line)
                .redirectError(directory.resolve("host.err").toFile())
                .start();
        BufferedReader out = host.inputReader(StandardCharsets.UTF_8);
        expect("ready", out, directory);
        EngineRunner engine = new EngineRunner(host, out, firstProcess(host), socket, client);
        engine.outside(ContainerEngine.mirror(directory.resolve("mirror"))).line();
        return engine;
    }

    private static void expect(String word, BufferedReader out, Path directory) throws IOException {
        if (!word.equals(out.readLine())) {
            throw new IllegalStateException(
                    "the engine does not start: " + Files.readString(directory.resolve("host.err")));
        }
    }

    /// Ends the engine without a word to anybody.
    public void kill() throws IOException {
        print("kill", "kill");
    }

    /// Ends the engine as a service's manager does.
    public void stop() throws IOException {
        print("stop", "stop");
    }

    /// Returns when it answers.
    public void startAgain() throws IOException {
        print("start", "ready");
    }

    private void print(String word, String answer) throws IOException {
        host.outputWriter().write(word + "\n");
        host.outputWriter().flush();
        expect(answer, out, directory);
    }

    /// Makes this an engine of another machine, as `build/far-side` says, and starts it again.
    public void moveToRemoteHost() throws IOException {
        remoteSide();
        stop();
        startAgain();
    }

    /// @param words as `nosshd`
    public void remoteSide(String... words) {
        List<String> line = new ArrayList<>(
                List.of(Path.of("../build/far-side").toAbsolutePath().toString(), directory.toString(), init));
        line.addAll(List.of(words));
        CommandResult.program(environment, line).line();
    }

    /// What the engine's own client prints that finds its engine by these variables.
    public String docker(Map<String, String> variables, String... words) {
        List<String> line = new ArrayList<>(List.of(CLIENT.toString()));
        line.addAll(List.of(words));
        return CommandResult.program(variables, line).line();
    }

    /// The script's only child is `unshare`, and the only child of that is the first process in the namespaces.
    private static String firstProcess(Process script) {
        ProcessHandle unshare = script.children().findFirst().orElseThrow();
        return Long.toString(unshare.children().findFirst().orElseThrow().pid());
    }

    /// What the engine's own client is told, `DOCKER_HOST`.
    public String address() {
        return Objects.requireNonNull(environment.get("DOCKER_HOST"));
    }

    /// The one line that a command of the engine's own client prints, which has to succeed.
    public String docker(String... words) {
        return command(List.of(words)).line();
    }

    /// Every line of what such a command prints.
    public List<String> lines(String... words) {
        return command(List.of(words)).out().lines().toList();
    }

    String version() {
        return command(List.of("version", "--format", "{{.Server.Version}}")).line();
    }

    @Override
    public CommandResult command(List<String> words, String answer) {
        List<String> line = new ArrayList<>(List.of(client.toString()));
        line.addAll(words);
        return CommandResult.program(environment, line, answer);
    }

    @Override
    public CommandResult onHost(String script) {
        return joined(List.of("sh", "-c", script));
    }

    @Override
    public CommandResult outside(String script) {
        return joined(List.of("nsenter", "--net=/run/netns/outside", "--", "sh", "-c", script));
    }

    @Override
    public CommandResult inside(String container, String script) {
        return joined(List.of("nsenter", "--target", pid(container), "--net", "--", "sh", "-c", script));
    }

    /// Not by `docker exec`, which an engine of an unpacked suite leads to the files of this machine.
    @Override
    public CommandResult within(String container, String script) {
        return joined(List.of("nsenter", "--target", pid(container), "--all", "--root", "--", "/bin/sh", "-c", script));
    }

    private String pid(String container) {
        return command(List.of("inspect", "--format", "{{.State.Pid}}", container))
                .line();
    }

    /// Words before a command that lead to the engine's host.
    public List<String> joining() {
        return List.of("nsenter", "--target", init, "--net", "--mount", "--pid", "--");
    }

    /// The engine's host has mounts of its own.
    public Path onHostPath(Path path) {
        return Path.of("/proc", init, "root").resolve(Path.of("/").relativize(path));
    }

    private CommandResult joined(List<String> words) {
        List<String> line = new ArrayList<>(joining());
        line.addAll(words);
        return CommandResult.program(environment, line);
    }

    @Override
    public void close() {
        try {
            host.outputWriter().close();
            if (!host.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine in " + directory + " does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
