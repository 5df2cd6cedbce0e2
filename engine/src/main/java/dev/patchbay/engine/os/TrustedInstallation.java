package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks that only root can change the files that the helper consists of. Another user who could change
/// them would be root when the helper runs.
public final class TrustedInstallation {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final Path ROOT_DIRECTORY = Path.of("/");

    private TrustedInstallation() {}

    /// The first file or directory of this program that another user can change; empty for none.
    public static Optional<Path> firstUntrusted() throws EngineException {
        Stream<String> places = Stream.concat(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                Stream.of(System.getProperty("java.home")));
        try {
            for (String place : places.filter(text -> !text.isEmpty()).toList()) {
                Optional<Path> found = firstUntrusted(Path.of(place).toRealPath());
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.of("look at the helper's own files", e);
        }
    }

    /// As [#firstUntrusted()], for a file and the files beside it, or for a directory with its content.
    public static Optional<Path> firstUntrusted(Path place) throws IOException {
        for (Path above = place.getParent(); above != null; above = above.getParent()) {
            if (mayBeReplaced(above)) {
                return Optional.of(above);
            }
        }
        // A jar refers to the others beside it.
        Path whole = Files.isRegularFile(place) && place.getParent() != null ? place.getParent() : place;
        if (whole.equals(ROOT_DIRECTORY)) {
            return Optional.of(whole);
        }
        try (Stream<Path> all = Files.walk(whole)) {
            return all.filter(file -> !Files.isSymbolicLink(file))
                    .filter(TrustedInstallation::mayBeChanged)
                    .findFirst();
        }
    }

    /// In a sticky directory nobody else can rename root's files.
    private static boolean mayBeReplaced(Path directory) {
        return !isOwnedByRoot(directory)
                || ((mode(directory) & WRITABLE_BY_OTHERS) != 0 && (mode(directory) & STICKY) == 0);
    }

    private static boolean mayBeChanged(Path file) {
        return !isOwnedByRoot(file) || (mode(file) & WRITABLE_BY_OTHERS) != 0;
    }

    private static boolean isOwnedByRoot(Path file) {
        return Integer.valueOf(0).equals(attribute(file, "unix:uid"));
    }

    private static int mode(Path file) {
        return attribute(file, "unix:mode") instanceof Integer mode ? mode : WRITABLE_BY_OTHERS;
    }

    private static Object attribute(Path file, String name) {
        try {
            return Files.getAttribute(file, name);
        } catch (IOException e) {
            // A file that cannot be checked is not trusted.
            return -1;
        }
    }
}
