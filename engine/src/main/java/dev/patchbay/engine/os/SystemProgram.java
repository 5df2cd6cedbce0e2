package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of the system, started from fixed directories, with an environment of our own and a time
/// limit. It runs in the network namespace of the calling thread.
///
/// @param name its name
/// @param directories searched in this order
public record SystemProgram(String name, List<Path> directories, Duration timeout) {

    /// Ten thousand rules have about one MiB.
    private static final int OUTPUT_LIMIT = 64 << 20;

    private static final int ERROR_LIMIT = 4 << 10;
    private static final int ERROR_LINE_LIMIT = 200;

    /// A killed program ends at once, unless a system call holds it.
    private static final int KILL_SECONDS = 10;

    public Optional<Path> find() {
        return Programs.find(name, directories);
    }

    /// Runs the program and returns its output.
    public String run(String step, String input, String... options) throws EngineException {
        Path program = find().orElseThrow(() -> new EngineException(step, name + " is not installed"));
        List<String> commandLine =
                Stream.concat(Stream.of(program.toString()), Stream.of(options)).toList();
        try {
            return finish(step, Programs.builder(commandLine).start(), input);
        } catch (IOException e) {
            throw new EngineException(step, name + " could not be run", e);
        }
    }

    private String finish(String step, Process process, String input) throws IOException, EngineException {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(awaitExit(process)));
        CompletableFuture<String> errors = new CompletableFuture<>();
        Thread.startVirtualThread(() -> errors.complete(readErrors(process)));
        IOException broken = null;
        byte[] output = {};
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended before it read all input; its exit code gives the reason.
                broken = e;
            }
            output = process.getInputStream().readNBytes(OUTPUT_LIMIT + 1);
        } catch (IOException e) {
            // Killing it closes its output.
            broken = broken == null ? e : broken;
        } finally {
            if (output.length > OUTPUT_LIMIT) {
                process.destroyForcibly();
            }
        }
        if (!ended.join()) {
            throw new EngineException(step, name + " did not end within " + timeout.toSeconds() + " s");
        }
        if (output.length > OUTPUT_LIMIT) {
            throw new EngineException(step, name + " printed more than " + OUTPUT_LIMIT + " bytes");
        }
        if (process.exitValue() != 0) {
            throw new EngineException(
                    step, name + " ended with status " + process.exitValue() + firstLine(errors.join()));
        }
        if (broken != null) {
            throw broken;
        }
        return new String(output, StandardCharsets.UTF_8);
    }

    private boolean awaitExit(Process process) {
        try {
            if (process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            // Its children also hold its output open.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Reads to the end, so that the program does not block, but keeps only the beginning.
    private static String readErrors(Process process) {
        try (InputStream errors = process.getErrorStream()) {
            byte[] beginning = errors.readNBytes(ERROR_LIMIT);
            errors.transferTo(OutputStream.nullOutputStream());
            return new String(beginning, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    /// A program's output may contain anything, so only one line of it is used, as plain ASCII.
    private static String firstLine(String errors) {
        String line = errors.lines().findFirst().orElse("").strip();
        return line.isEmpty() ? "" : ": " + EngineException.printable(line, ERROR_LINE_LIMIT);
    }
}
