package dev.patchbay.core.testing;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.lab.Lab;
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

/// The helper that tests start, which has failpoints.
public final class TestHelper {
    private TestHelper() {}

    /// How it is started: by a jar for all tests of this build, whose manifest grants the native access, since the
    /// flag would switch class data sharing off. An archive of the classes that a helper loads is beside it: tests
    /// start one several hundred times.
    ///
    /// @param home of one test
    // Synchronized as well as locked: a lock of a file is the process's, and two threads of a test have Labs.
    public static synchronized HelperCommand command(Path home) throws EngineException, IOException {
        HelperCommand plain = HelperCommand.of(FailpointHelper.class.getName(), List.of());
        List<Path> classPath = Stream.of(
                        plain.entry().get(plain.entry().indexOf("-cp") + 1).split(File.pathSeparator))
                .map(Path::of)
                .toList();
        // The JVM archives no classes of directories.
        boolean archivable = classPath.stream().allMatch(Files::isRegularFile);
        Path directory = Files.createDirectories(
                Path.of("target", "helper-with-failpoints").toAbsolutePath());
        Path jar = directory.resolve("helper.jar");
        Path archive = directory.resolve("helper.jsa");
        HelperCommand command = new HelperCommand(plain.java(), plain.jvmOptions(), List.of("-jar", jar.toString()));
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isCurrent(archivable ? archive : jar, classPath)) {
                Files.deleteIfExists(archive);
                write(jar, classPath);
                if (archivable) {
                    archive(home.resolve("archive"), command, archive);
                }
            }
        }
        return command;
    }

    private static boolean isCurrent(Path made, List<Path> classPath) throws IOException {
        if (!Files.exists(made)) {
            return false;
        }
        FileTime written = Files.getLastModifiedTime(made);
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
                    RealLab.done(controller.apply(Change.RunContainer.of("box", "httpd", List.of(), List.of())));
                    RealLab.done(controller.apply(new Change.RemoveContainer("box", true)));
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

    private static void write(Path jar, List<Path> classPath) throws IOException {
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
    }
}
