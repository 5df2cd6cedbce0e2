package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.testing.TestHelper;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A real engine, run by `build/docker-host` or `build/podman-host` in namespaces of its own until this is closed or
/// this JVM ends.
final class RealEngine implements AutoCloseable {
    /// Debian's own client: another one may stand earlier in the path.
    private static final Path CLIENT = Path.of("/usr/bin/docker");

    private static final Path PODMAN = Path.of("/usr/bin/podman");

    /// Of Debian, the newest first.
    private static final List<String> SUITES = List.of("sid", "trixie");

    private static final long SECONDS_TO_END = 60;

    /// Rules of both families without their counters.
    static final String RULES = "(iptables-save; ip6tables-save) | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'";

    /// Links without their indexes, and without the carrier and state of a bridge, which follow its first and last
    /// port up to a second later.
    static final String LINKS = "ip -o link | sed -E 's/^[0-9]+: //; s/NO-CARRIER,|,LOWER_UP//g; s/ state [A-Z]+//'";

    /// Addresses without link-local ones of IPv6, which the kernel adds some time after a link has a carrier, and
    /// without lifetimes and the progress of duplicate address detection.
    static final String ADDRESSES =
            "ip -o address | grep -v ' fe80:' | sed -E 's/^[0-9]+: //; s/ (tentative|dadfailed)//g; s/ *\\\\.*//'";

    private final Process host;
    private final BufferedReader out;
    private final Path socket;

    private RealEngine(Process host, Path socket) {
        this.host = host;
        this.out = host.inputReader(StandardCharsets.UTF_8);
        this.socket = socket;
    }

    static RealEngine start(Path directory) throws IOException {
        need(List.of(CLIENT, Path.of("/usr/sbin/dockerd")), "docker.io");
        return start("docker", directory);
    }

    /// The engine of Debian's newest suite that is unpacked (`build/suite`), or this machine's own.
    static RealEngine startNewest(Path directory) throws IOException {
        need(List.of(CLIENT, Path.of("/usr/sbin/dockerd")), "docker.io");
        return startNewest("docker", "usr/sbin/dockerd", directory);
    }

    /// As [#startNewest].
    static RealEngine startNewestPodman(Path directory) throws IOException {
        needPodman();
        return startNewest("podman", "usr/bin/podman", directory);
    }

    private static RealEngine startNewest(String name, String program, Path directory) throws IOException {
        Optional<String> newest =
                SUITES.stream().filter(suite -> hasProgram(suite, program)).findFirst();
        return newest.isPresent() ? start(name, directory, newest.get()) : start(name, directory);
    }

    /// The engine of an ordinary user, of the newest suite that has what it needs.
    ///
    /// @param name `docker` or `podman`
    static RealEngine startRootless(String name, Path directory) throws IOException {
        need(List.of(CLIENT, PODMAN), "docker.io and podman");
        Optional<String> newest = SUITES.stream()
                .filter(suite -> hasProgram(suite, "usr/bin/rootlesskit") && hasProgram(suite, "usr/bin/newuidmap"))
                .findFirst();
        assumeTrue(
                newest.isPresent() || System.getenv("CI") != null,
                "no suite of Debian with rootlesskit is unpacked: build/suite unpack sid");
        String suite = newest.orElseThrow();
        return start(
                List.of(
                        Path.of("../build/rootless-host").toAbsolutePath().toString(),
                        name,
                        directory.toString(),
                        suite),
                directory.resolve(name + ".sock"));
    }

    private static boolean hasProgram(String suite, String program) {
        try {
            Process path = new ProcessBuilder("../build/suite", "path", suite)
                    .redirectErrorStream(true)
                    .start();
            String root = new String(path.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return path.waitFor() == 0 && Files.isExecutable(Path.of(root, program));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static RealEngine startPodman(Path directory) throws IOException {
        needPodman();
        return start("podman", directory);
    }

    /// A skip on a person's machine without Podman, a failure under CI.
    static void needPodman() {
        need(
                List.of(PODMAN, Path.of("/usr/bin/crun"), Path.of("/usr/lib/podman/netavark")),
                "podman, crun and netavark");
    }

    private static void need(List<Path> programs, String packages) {
        boolean complete = programs.stream().allMatch(Files::isExecutable)
                && System.getProperty("user.name").equals("root");
        assumeTrue(complete || System.getenv("CI") != null, "needs root and Debian's " + packages);
    }

    private static RealEngine start(String name, Path directory, String... suite) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of("../build/" + name + "-host").toAbsolutePath().toString(), directory.toString()));
        line.addAll(List.of(suite));
        return start(line, directory.resolve(name + ".sock"));
    }

    private static RealEngine start(List<String> line, Path socket) throws IOException {
        Process host = new ProcessBuilder(line)
                .redirectError(socket.resolveSibling("host.err").toFile())
                .start();
        RealEngine engine = new RealEngine(host, socket);
        engine.expect("ready");
        return engine;
    }

    private void expect(String word) throws IOException {
        String said = out.readLine();
        if (!word.equals(said)) {
            throw new IllegalStateException(
                    said + " instead of " + word + ": " + Files.readString(socket.resolveSibling("host.err")));
        }
    }

    /// Ends the engine without a word to anybody.
    void kill() throws IOException {
        say("kill");
        expect("kill");
    }

    /// As a service's manager ends it.
    void stop() throws IOException {
        say("stop");
        expect("stop");
    }

    void startAgain() throws IOException {
        say("start");
        expect("ready");
    }

    private void say(String word) throws IOException {
        host.outputWriter().write(word + "\n");
        host.outputWriter().flush();
    }

    String address() {
        return "unix://" + socket;
    }

    DockerHost asHost() {
        return new DockerHost("local", address(), "test", "");
    }

    /// A host with a history of its own.
    static EngineHost connect(DockerHost host, Consumer<String> progress) throws EngineException {
        return connect(host, MachineAccess.none(), progress);
    }

    static EngineHost connect(DockerHost host, MachineAccess machine, Consumer<String> progress)
            throws EngineException {
        return connect(host, machine, new EngineHistory(null), progress);
    }

    static EngineHost connect(DockerHost host, MachineAccess machine, EngineHistory history, Consumer<String> progress)
            throws EngineException {
        return connect(host, machine, DockerEngine.SILENCE, System.getenv(), history, progress);
    }

    static EngineHost connect(
            DockerHost host,
            MachineAccess machine,
            Duration silence,
            Map<String, String> environment,
            EngineHistory history,
            Consumer<String> progress)
            throws EngineException {
        return EngineHost.connect(
                DockerEngine.connect(host.address(), host.tls(), silence), machine, environment, history, progress);
    }

    /// What Docker's own client prints.
    String docker(String... words) {
        return output(client(words));
    }

    /// What Docker's own client says of a command that is refused.
    String refused(String... words) {
        return output(client(words), false);
    }

    /// Makes this an engine of another machine, as `build/far-side` says, and starts it again.
    void goFar() throws IOException {
        farSide();
        stop();
        startAgain();
    }

    /// @param words as `nosshd`
    void farSide(String... words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of("../build/far-side").toAbsolutePath().toString(),
                Objects.requireNonNull(socket.getParent()).toString(),
                Long.toString(init())));
        line.addAll(Arrays.asList(words));
        output(line);
    }

    /// What Docker's own client prints that finds its engine by these variables.
    String docker(Map<String, String> environment, String... words) {
        List<String> line = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.add(CLIENT.toString());
        line.addAll(Arrays.asList(words));
        return output(line);
    }

    private List<String> client(String... words) {
        List<String> line = new ArrayList<>(List.of(CLIENT.toString(), "--host", address()));
        line.addAll(Arrays.asList(words));
        return line;
    }

    /// What Podman's own client prints.
    String podman(String... words) {
        List<String> line = new ArrayList<>(List.of(PODMAN.toString(), "--remote", "--url", address()));
        line.addAll(Arrays.asList(words));
        return output(line);
    }

    /// What the engine answers to a request without a body.
    String asked(String path) {
        return output(List.of("curl", "-sS", "--unix-socket", socket.toString(), "http://engine" + path));
    }

    /// Words before a command that lead to the engine's host.
    List<String> joining() {
        return List.of("nsenter", "-t", Long.toString(init()), "-n", "-m", "-p", "--");
    }

    /// The engine's host as a machine with a helper, whose records are below `directory`.
    Machine machine(Path directory) throws EngineException, IOException {
        return new Machine(
                StateDirectory.ofMachine(directory.resolve("root")), TestHelper.command(directory), joining());
    }

    /// The engine's host has mounts of its own.
    Path onHostPath(Path path) {
        return Path.of("/proc", Long.toString(init()), "root")
                .resolve(Path.of("/").relativize(path));
    }

    /// Every process of the engine's host.
    List<ProcessHandle> processes() {
        return host.descendants().toList();
    }

    private long init() {
        ProcessHandle unshare = host.children().findFirst().orElseThrow();
        return unshare.children().findFirst().orElseThrow().pid();
    }

    /// What a shell's line on the engine's host prints.
    String onHost(String script) {
        List<String> line = new ArrayList<>(joining());
        line.addAll(List.of("sh", "-c", script));
        return output(line);
    }

    private static String output(List<String> line) {
        return output(line, true);
    }

    private static String output(List<String> line, boolean granted) {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.outputWriter().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor() == 0).as(line + ": " + text).isEqualTo(granted);
            return text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            host.outputWriter().close();
            if (!host.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine of " + socket + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
