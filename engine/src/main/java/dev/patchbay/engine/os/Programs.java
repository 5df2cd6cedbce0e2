package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The system's programs by absolute path.
public final class Programs {
    /// `PATH` of every process that Patchbay starts for itself; also Docker's default for a container.
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

    private Programs() {}

    public static Optional<Path> find(String name) {
        return find(name, DIRECTORIES);
    }

    static Optional<Path> find(String name, List<Path> directories) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The program's path, for a command line.
    public static String require(String name) throws EngineException {
        return find(name)
                .map(Path::toString)
                .orElseThrow(() -> new EngineException("find " + name, "the program is not installed"));
    }

    /// A process in `/` that inherits nothing from the person's environment.
    public static ProcessBuilder builder(List<String> commandLine) {
        ProcessBuilder builder = new ProcessBuilder(commandLine).directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /// As [#builder], for a process that outlives its starter.
    ///
    /// @param log gets stdout and stderr
    public static ProcessBuilder backgroundBuilder(List<String> commandLine, Redirect log) {
        return builder(commandLine)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log);
    }
}
