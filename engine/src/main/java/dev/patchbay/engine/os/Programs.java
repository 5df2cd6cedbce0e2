package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of the system, by absolute path.
public final class Programs {
    /// `PATH` of every process that Patchbay starts for itself; also Docker's default for a container.
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

    private Programs() {}

    public static Optional<Path> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The program's path as a word of a command line.
    public static String require(String name) throws EngineException {
        return find(name)
                .map(Path::toString)
                .orElseThrow(() -> new EngineException("find " + name, "the program is not installed"));
    }
}
