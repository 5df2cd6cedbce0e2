package dev.patchbay.app.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command wrote and how it ended.
public record CommandResult(int exitCode, String out, String err) {
    private static final String SECONDS = "60";
    private static final ProcessBuilder.Redirect NOTHING =
            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());

    /// Runs a program to its end, without standard input.
    public static CommandResult program(Map<String, String> environment, List<String> words) {
        return program(environment, words, "");
    }

    /// @param input all that the program reads
    static CommandResult program(Map<String, String> environment, List<String> words, String input) {
        List<String> line = new ArrayList<>(List.of("timeout", SECONDS));
        line.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectInput(input.isEmpty() ? NOTHING : ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        try {
            Path err = Files.createTempFile("patchbay-differential", ".err");
            try {
                Process process = builder.redirectError(err.toFile()).start();
                if (!input.isEmpty()) {
                    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                        in.write(input);
                    }
                }
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new CommandResult(process.waitFor(), out, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What a command wrote that has to succeed.
    public String line() {
        if (exitCode != 0) {
            throw new IllegalStateException(err);
        }
        return out.strip();
    }
}
