package dev.patchbay.engine.client;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.engine.CodeLocation;
import dev.patchbay.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command that starts the helper's JVM.
///
/// @param java the `java` program
/// @param jvmOptions of the JVM
/// @param entry what to run: `-jar FILE`, or a class path and a main class
/// @param resolver the command line of the process that answers containers' DNS questions; empty for
///     none
public record HelperCommand(Path java, List<String> jvmOptions, List<String> entry, List<String> resolver) {
    private static final String MAIN_CLASS = "dev.patchbay.engine.daemon.HelperMain";
    // The serial collector and only the first compiler: 66 MB resident, and half the time to the first
    // answer. A thousand networks need more memory, because garbage collection in 64 MB takes longer
    // than any action.
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx128m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            // Ends the helper also where a library would catch the error. The next helper undoes the
            // unfinished change.
            "-XX:+ExitOnOutOfMemoryError");

    public HelperCommand {
        jvmOptions = List.copyOf(jvmOptions);
        entry = List.copyOf(entry);
        resolver = List.copyOf(resolver);
    }

    public HelperCommand(Path java, List<String> flags, List<String> entry) {
        this(java, flags, entry, List.of());
    }

    public HelperCommand withResolver(List<String> words) {
        return new HelperCommand(java, jvmOptions, entry, words);
    }

    /// The helper of this program, run by this JVM.
    public static HelperCommand ofThisProgram() throws EngineException {
        List<Path> places = engineClassPath();
        Path engine = places.getFirst();
        boolean installed = Files.isRegularFile(engine)
                && places.stream()
                        .allMatch(
                                jar -> engine.resolveSibling(jar.getFileName()).equals(jar));
        if (!installed) {
            return of(MAIN_CLASS, List.of());
        }
        // The jar's manifest names the other jars and grants native access. Granting it on the command
        // line would turn class data sharing off.
        return new HelperCommand(
                currentJava(), JVM_OPTIONS, List.of("-jar", minimalJar(engine).toString()));
    }

    /// The same jar in `helper/`, which has only the jars that the helper needs; or the jar itself.
    private static Path minimalJar(Path engine) {
        Path alone =
                engine.resolve("../../helper").resolve(engine.getFileName()).normalize();
        return Files.isRegularFile(alone) ? alone : engine;
    }

    /// Another main class instead of the helper's, for tests: `mainClass`, found in the engine's class
    /// path or in `more`.
    public static HelperCommand of(String mainClass, List<Path> more) throws EngineException {
        String classPath = Stream.concat(engineClassPath().stream(), more.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return new HelperCommand(
                currentJava(), JVM_OPTIONS, List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, mainClass));
    }

    List<String> commandLine(StateDirectory directory) {
        List<String> words = new ArrayList<>();
        words.add(java.toString());
        words.addAll(jvmOptions);
        if (entry.contains("-jar")) {
            Path shipped = Path.of(entry.getLast()).resolveSibling("helper.jsa");
            // The JVM's messages about the archive would fill the helper's log.
            words.add("-Xlog:disable");
            if (Files.exists(shipped)) {
                words.add("-XX:SharedArchiveFile=" + shipped);
            } else {
                words.add("-XX:+AutoCreateSharedArchive");
                words.add("-XX:SharedArchiveFile=" + directory.classArchive());
            }
        }
        words.addAll(entry);
        words.addAll(directory.helperArguments());
        if (!resolver.isEmpty()) {
            words.add("--resolver");
            words.addAll(resolver);
        }
        return words;
    }

    /// The JVM creates a missing archive but never replaces one of another build.
    void deleteOutdatedArchive(Path archive) throws IOException {
        if (entry.contains("-jar")
                && Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(Path.of(entry.getLast())))
                        < 0) {
            Files.delete(archive);
        }
    }

    private static Path currentJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static List<Path> engineClassPath() throws EngineException {
        List<Path> places = new ArrayList<>();
        for (Class<?> type : List.of(HelperCommand.class, ObjectMapper.class, JsonFactory.class, JsonValue.class)) {
            places.add(CodeLocation.of(type));
        }
        return places;
    }
}
