package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether what the helper is made of could have been changed by anybody but root. One who could change it is root
/// already once it runs.
public final class TrustedInstallation {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final Path ROOT_DIRECTORY = Path.of("/");

    private TrustedInstallation() {}

    /// The first file or directory of this very program that another user could change; empty when there is none.
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

    /// As [#firstUntrusted()], of a file and what lies beside it, or of a directory and all below it.
    public static Optional<Path> firstUntrusted(Path place) throws IOException {
        for (Path above = place.getParent(); above != null; above = above.getParent()) {
            if (mayBeReplaced(above)) {
                return Optional.of(above);
            }
        }
        // A jar names the others beside it.
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

    /// In a sticky directory nobody moves what is root's.
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
            // What cannot be looked at is not trusted.
            return -1;
        }
    }
}
