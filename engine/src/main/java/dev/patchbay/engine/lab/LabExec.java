package dev.patchbay.engine.lab;

import dev.patchbay.engine.EngineException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs a person's command in the Lab with the command line of [Lab#command]. It has the rights of the
/// person, who could do the same by hand.
public final class LabExec {
    private LabExec() {}

    /// The output and exit code of a command.
    ///
    /// @param output stdout and stderr, in the order written
    public record Result(int exitCode, String output) {}

    /// Runs the command on this process's own terminal and files, until it ends. When this process is
    /// asked to end before, it ends after the command and with its exit code.
    ///
    /// @return its exit code, 128 plus the number of the signal that killed it
    public static int attached(List<String> words) throws EngineException {
        Foreground foreground = new Foreground();
        Runtime.getRuntime().addShutdownHook(new Thread(foreground::awaitCommand, "outlast"));
        return await(foreground.start(words), words);
    }

    /// The running command, for which the end of this process waits.
    private static final class Foreground {
        private @Nullable Process process;

        synchronized Process start(List<String> words) throws EngineException {
            Process started = LabExec.start(new ProcessBuilder(words).inheritIO(), words);
            process = started;
            return started;
        }

        /// Ctrl+C at a terminal reaches the command directly, and the command decides how to react; a
        /// shell continues. A signal to only this process is passed on.
        synchronized void awaitCommand() {
            if (process == null) {
                return;
            }
            boolean atTerminal = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
            if (!atTerminal) {
                // Not to the process itself: that is nsenter, which ends with its command.
                process.descendants().forEach(ProcessHandle::destroy);
            }
            try {
                Runtime.getRuntime().halt(process.waitFor());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Runs the command without input, and captures its output.
    public static Result captured(List<String> words) throws EngineException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        Process process = start(builder, words);
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(await(process, words), output);
        } catch (IOException e) {
            throw EngineException.of("read what " + words.getLast() + " writes", e);
        }
    }

    private static Process start(ProcessBuilder builder, List<String> words) throws EngineException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw EngineException.of("start " + words.getFirst(), e);
        }
    }

    private static int await(Process process, List<String> words) throws EngineException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new EngineException("run " + words.getFirst(), "interrupted", e);
        }
    }
}
