package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.LabConnector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Reads the kernel of a window's Lab with other tools.
///
/// @param environment that the window was opened in
record LabShell(Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run("curl", "-s", "-m", "20", "http://127.0.0.1:" + port))
                        .contains("It works!"));
    }

    String rules() throws Exception {
        return run("sh", "-c", "iptables-save | grep -v '^[#:]'");
    }

    String run(String... words) throws Exception {
        List<String> command = LabConnector.of(environment).command(List.of(words), false);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
