package dev.patchbay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.lab.LabExec;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Lab of a test's own, with a helper that has failpoints, and one controller on it.
///
/// Where a Lab cannot be had, tests are skipped; under CI they fail.
public final class RealLab implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("unshare", "nsenter", "setpriv", "ip", "iptables", "iptables-save", "busybox", "curl");

    private final StateDirectory directory;
    private final Lab lab;
    private @Nullable LabHost controller;
    private long armings;

    /// Without a resolver, which few tests need.
    public RealLab(Path home) throws EngineException, IOException {
        this(home, List.of());
    }

    /// @param resolver its command line
    public RealLab(Path home, List<String> resolver) throws EngineException, IOException {
        boolean complete =
                PROGRAMS.stream().allMatch(name -> Programs.find(name).isPresent());
        assumeTrue(complete || System.getenv("CI") != null, () -> "needs " + PROGRAMS);
        directory = new StateDirectory(home);
        lab = new Lab(directory, helper(home).withResolver(resolver));
        up();
    }

    /// Started by a manifest that grants the native access, since the flag would switch class data sharing off. Tests
    /// start a helper several hundred times.
    private static HelperCommand helper(Path home) throws EngineException, IOException {
        HelperCommand plain = HelperCommand.of(FailpointHelper.class.getName(), List.of());
        List<Path> classPath = Stream.of(
                        plain.entry().get(plain.entry().indexOf("-cp") + 1).split(File.pathSeparator))
                .map(Path::of)
                .toList();
        // The JVM archives no classes of directories.
        Path jar = classPath.stream().allMatch(Files::isRegularFile)
                ? archived(home, plain, classPath)
                : written(home.resolve("helper.jar"), classPath);
        return new HelperCommand(plain.java(), plain.jvmOptions(), List.of("-jar", jar.toString()));
    }

    /// A jar for all tests of this build, with an archive of the classes that a helper loads beside it.
    // Synchronized as well as locked: a lock of a file is the process's, and two threads of a test have Labs.
    private static synchronized Path archived(Path home, HelperCommand plain, List<Path> classPath)
            throws EngineException, IOException {
        Path directory = Files.createDirectories(
                Path.of("target", "helper-with-failpoints").toAbsolutePath());
        Path jar = directory.resolve("helper.jar");
        Path archive = directory.resolve("helper.jsa");
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isCurrent(archive, classPath)) {
                Files.deleteIfExists(archive);
                written(jar, classPath);
                archive(
                        home.resolve("archive"),
                        new HelperCommand(plain.java(), plain.jvmOptions(), List.of("-jar", jar.toString())),
                        archive);
            }
            return jar;
        }
    }

    private static boolean isCurrent(Path archive, List<Path> classPath) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        FileTime written = Files.getLastModifiedTime(archive);
        for (Path entry : classPath) {
            if (Files.getLastModifiedTime(entry).compareTo(written) >= 0) {
                return false;
            }
        }
        for (Class<?> type : failpointClasses()) {
            if (Objects.requireNonNull(type.getResource(resource(type)))
                            .openConnection()
                            .getLastModified()
                    >= written.toMillis()) {
                return false;
            }
        }
        return true;
    }

    /// Has a helper do a little of everything; the archive is what its JVM writes as it ends. Without one, tests are
    /// slower and no different.
    private static void archive(Path home, HelperCommand command, Path archive) throws EngineException, IOException {
        StateDirectory state = new StateDirectory(home);
        Lab lab = new Lab(state, command);
        try {
            if (lab.up() instanceof HelperStart.Ready ready) {
                try (LabHost controller = LabHost.connect(ready.socket())) {
                    done(controller.apply(Change.RunContainer.of("box", "httpd", List.of(), List.of())));
                    done(controller.apply(new Change.RemoveContainer("box", true)));
                }
            }
        } finally {
            lab.down();
            if (Files.exists(state.classArchive())) {
                Files.move(state.classArchive(), archive);
            }
        }
    }

    private static List<Class<?>> failpointClasses() {
        return Stream.concat(Stream.of(FailpointHelper.class), Stream.of(FailpointHelper.class.getDeclaredClasses()))
                .toList();
    }

    private static String resource(Class<?> type) {
        return "/" + type.getName().replace('.', '/') + ".class";
    }

    /// Relative to the jar: the JVM archives no class of a jar that is named by a whole URL.
    private static String relativeUrl(Path jar, Path entry) {
        Path path = jar.toAbsolutePath().resolveSibling("").relativize(entry.toAbsolutePath());
        try {
            return new URI(null, null, path.toString(), null).getRawPath() + (Files.isDirectory(entry) ? "/" : "");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Path written(Path jar, List<Path> classPath) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FailpointHelper.class.getName());
        attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                classPath.stream().map(entry -> relativeUrl(jar, entry)).collect(Collectors.joining(" ")));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : failpointClasses()) {
                out.putNextEntry(new JarEntry(resource(type).substring(1)));
                try (InputStream bytes = Objects.requireNonNull(type.getResourceAsStream(resource(type)))) {
                    bytes.transferTo(out);
                }
            }
        }
        return jar;
    }

    /// Starts what is not there and connects anew.
    public void up() throws EngineException {
        disconnect();
        assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));
        controller = connect();
    }

    /// What comes of starting what is not there; nothing is connected.
    public HelperStart start() throws EngineException {
        disconnect();
        return lab.up();
    }

    public LabHost connect() throws EngineException {
        return LabHost.connect(directory.socket());
    }

    public LabHost controller() {
        if (controller == null) {
            throw new AssertionError("not connected");
        }
        return controller;
    }

    public StateDirectory directory() {
        return directory;
    }

    public LabStatus status() throws EngineException {
        return lab.status();
    }

    public Outcome.Done done(Change change) throws EngineException {
        return done(controller().apply(change));
    }

    public static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    /// The helper's records and the kernel as it reports it.
    public Reply.State state() throws EngineException {
        try (HelperClient client = HelperClient.connect(directory.socket())) {
            if (client.call(new Request.Snapshot()) instanceof Answer.Granted<Reply.State>(Reply.State state)) {
                return state;
            }
            throw new AssertionError("a snapshot is never refused");
        }
    }

    /// Ends the helper as a crash would, and returns when it is gone.
    public void killHelper() throws EngineException {
        ProcessIdentity helper = ProcessIdentity.of(lab.status().helperPid()).orElseThrow();
        helper.kill();
        // Its main thread counts as ended before the others have closed the socket.
        await().until(() -> lab.status().state() == LabStatus.State.HELPER_GONE);
        disconnect();
    }

    /// @param kind `kill` or `fail`
    /// @param boundary counted from 1, from the next one on
    public void arm(String kind, int boundary) throws IOException {
        Path fresh = directory.directory().resolve("failpoint.new");
        Files.writeString(fresh, kind + " " + boundary + " " + ++armings);
        Files.move(fresh, failpoint());
    }

    /// @return whether it was still armed, and so was not hit
    public boolean disarm() throws IOException {
        return Files.deleteIfExists(failpoint());
    }

    public boolean isArmed() {
        return Files.exists(failpoint());
    }

    private Path failpoint() {
        return directory.directory().resolve("failpoint");
    }

    /// The name of the boundary that was hit last, without ids.
    public String lastHit() throws IOException {
        return Files.readAllLines(directory.directory().resolve("failpoints-hit"))
                .getLast()
                .replaceAll("\\b(pb-|pbv)?[0-9a-f]{12}\\b", "$1*");
    }

    /// What a shell script writes in the Lab's host namespace; the test fails when the script does.
    public String onHost(String script) throws EngineException {
        return shell(script, false);
    }

    public String outside(String script) throws EngineException {
        return shell(script, true);
    }

    private String shell(String script, boolean outside) throws EngineException {
        LabExec.Result result = LabExec.captured(lab.command(List.of("sh", "-c", script), outside));
        assertThat(result.exitCode()).as(script + "\n" + result.output()).isZero();
        return result.output();
    }

    /// Takes the Lab down; its records stay.
    public void down() throws EngineException {
        disconnect();
        lab.down();
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.DOWN);
    }

    private void disconnect() {
        if (controller != null) {
            controller.close();
            controller = null;
        }
    }

    @Override
    public void close() throws EngineException {
        down();
    }
}
