package dev.patchbay.engine.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The log of a background process.
record ProcessLog(Path file) {
    private static final long MAX_SIZE = 1 << 20;

    /// The position where the output of the next process begins; a log that is too long is emptied
    /// first.
    long startPosition() throws IOException {
        if (Files.exists(file) && Files.size(file) > MAX_SIZE) {
            Files.delete(file);
        }
        return Files.exists(file) ? Files.size(file) : 0;
    }

    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /// The last line since then that is not blank; empty for none.
    ///
    /// @param from the position that [#startPosition] returned
    String lastLine(long from) {
        try {
            byte[] all = Files.readAllBytes(file);
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (before, line) -> line)
                    .strip();
        } catch (IOException nothingSaid) {
            return "";
        }
    }
}
