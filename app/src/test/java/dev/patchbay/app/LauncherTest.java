package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.verb.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program without words, where there is nothing to show a window on.
class LauncherTest {
    @TempDir
    Path home;

    @Test
    void aMissingOrUnreachableDisplayIsOneSentence() throws Exception {
        assertOneSentence(Map.of(), "There is no display for the window");
        assertOneSentence(Map.of("DISPLAY", ":987"), "The window cannot be shown (Unable to ");
        assertThat(home).as("no Lab without a window").isEmptyDirectory();
    }

    private void assertOneSentence(Map<String, String> display, String beginning) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        builder.environment().putAll(display);
        builder.environment().put("PATCHBAY_HOME", home.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines())
                .singleElement()
                .asString()
                .startsWith(beginning)
                .endsWith("every command works without one, as `patchbay tour` or `patchbay --help`.");
        assertThat(process.waitFor()).isEqualTo(ExitCode.USAGE);
    }
}
