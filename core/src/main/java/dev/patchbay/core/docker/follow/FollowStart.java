package dev.patchbay.core.docker.follow;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the process that follows an engine is started: small, since it may be there for long.
public final class FollowStart {
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx48m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            // The transport logs through slf4j, which would complain that nobody listens.
            "-Dslf4j.internal.verbosity=ERROR");

    private FollowStart() {}

    /// With the classes of this very program, run by this very JVM.
    ///
    /// @param engine address of the engine to follow
    /// @param helper socket of the helper to tell
    /// @param directory of its own files
    public static List<String> words(String engine, Path helper, Path directory) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(SMALL_JVM);
        words.add("-cp");
        words.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        words.add(FollowMain.class.getName());
        words.add(engine);
        words.add(helper.toString());
        words.add(directory.toString());
        return words;
    }
}
