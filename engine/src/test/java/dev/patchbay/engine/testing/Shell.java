package dev.patchbay.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Runs the tools that tests read the kernel back with. A command runs in the namespaces of the calling thread.
public final class Shell {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Shell() {}

    /// The command's standard output; the test fails when the command does.
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }

    /// As [#run], the output read as JSON: for `ip -j` and `bridge -j`.
    public static JsonNode json(String... command) throws IOException, InterruptedException {
        return JSON.readTree(run(command));
    }
}
