package dev.patchbay.core.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real `openssl`.
final class OpenSsl {
    private static final String PROGRAM = "/usr/bin/openssl";

    private OpenSsl() {}

    static void isNeeded() {
        boolean there = Files.isExecutable(Path.of(PROGRAM));
        assumeTrue(there || System.getenv("CI") != null, "needs Debian's package openssl");
    }

    static Path write(Path file, String command, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(PROGRAM, command, "-out", file.toString()));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return file;
    }

    /// Listens at a port of 127.0.0.1 that is free.
    record Server(Process process, int port) implements AutoCloseable {
        private static final String LISTENING = "ACCEPT 127.0.0.1:";

        static Server start(Path key, Path certificate, String... words) throws IOException {
            List<String> line = new ArrayList<>(List.of(
                    PROGRAM,
                    "s_server",
                    "-accept",
                    "127.0.0.1:0",
                    "-key",
                    key.toString(),
                    "-cert",
                    certificate.toString()));
            line.addAll(List.of(words));
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            BufferedReader said = process.inputReader();
            String first = said.lines()
                    .filter(word -> word.startsWith(LISTENING))
                    .findFirst()
                    .orElseThrow();
            return new Server(process, Integer.parseInt(first.substring(LISTENING.length())));
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
