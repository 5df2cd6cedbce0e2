package dev.patchbay.engine.lab;

import dev.patchbay.engine.EngineException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs a person's command in the Lab, by the words of [Lab#command]. With the rights of the person, who may do the
/// same by hand.
public final class LabExec {
    private LabExec() {}

    /// What a command wrote and how it ended.
    ///
    /// @param output stdout and stderr, in the order written
    public record Result(int exitCode, String output) {}

    /// Runs the command on this process' own terminal and files, until it ends. When this process is told to end
    /// before, it ends after the command and with its exit code.
    ///
    /// @return its exit code, 128 and the signal's number when it was killed
    public static int attached(List<String> words) throws EngineException {
        Foreground foreground = new Foreground();
        Runtime.getRuntime().addShutdownHook(new Thread(foreground::awaitCommand, "outlast"));
        return await(foreground.start(words), words);
    }

    /// The one command that this process' own end waits for.
    private static final class Foreground {
        private @Nullable Process process;

        synchronized Process start(List<String> words) throws EngineException {
            Process started = LabExec.start(new ProcessBuilder(words).inheritIO(), words);
            process = started;
            return started;
        }

        /// Ctrl+C at a terminal reaches the command without our help, and what it means is for the command to say: a
        /// shell stays. A signal to this process alone is passed on.
        synchronized void awaitCommand() {
            if (process == null) {
                return;
            }
            boolean atTerminal = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
            if (!atTerminal) {
                // Not to the process itself: that is nsenter, which ends as its command does.
                process.descendants().forEach(ProcessHandle::destroy);
            }
            try {
                Runtime.getRuntime().halt(process.waitFor());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Runs the command with nothing to read, and keeps what it writes.
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
