package dev.patchbay.engine.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Checks before the start whether a command can be run, with Docker's errors.
final class CommandLookup {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final Path ROOT = Path.of("/");

    private CommandLookup() {}

    /// @param searchPath the command's own `PATH`
    static Optional<WorkloadStart.Failed> check(String word, String searchPath) {
        if (word.indexOf('/') < 0) {
            for (String directory : searchPath.split(":")) {
                if (!word.isEmpty() && isProgram(ROOT.resolve(directory).resolve(word))) {
                    return Optional.empty();
                }
            }
            return failed(NOT_FOUND, word, "executable file not found in $PATH");
        }
        Path file = ROOT.resolve(word);
        if (!Files.exists(file)) {
            return failed(NOT_FOUND, word, "stat " + word + ": no such file or directory");
        }
        return isProgram(file) ? Optional.empty() : failed(NOT_EXECUTABLE, word, "permission denied");
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Optional<WorkloadStart.Failed> failed(int exitCode, String word, String reason) {
        return Optional.of(new WorkloadStart.Failed(exitCode, "exec: \"" + word + "\": " + reason));
    }
}
