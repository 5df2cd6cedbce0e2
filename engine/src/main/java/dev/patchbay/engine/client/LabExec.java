package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a person's command in the Lab, by the words of [Lab#command]. With the rights of the person, who may do the
/// same by hand.
public final class LabExec {
    private LabExec() {}

    /// What a command wrote and how it ended.
    ///
    /// @param output stdout and stderr, in the order written
    public record Result(int exitCode, String output) {}

    /// Runs the command on this process' own terminal and files, until it ends.
    ///
    /// @return its exit code, 128 and the signal's number when it was killed
    public static int attached(List<String> words) throws EngineException {
        return await(start(new ProcessBuilder(words).inheritIO(), words), words);
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
            throw new EngineException("read what " + words.getLast() + " writes", String.valueOf(e.getMessage()), e);
        }
    }

    private static Process start(ProcessBuilder builder, List<String> words) throws EngineException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new EngineException("start " + words.getFirst(), String.valueOf(e.getMessage()), e);
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
