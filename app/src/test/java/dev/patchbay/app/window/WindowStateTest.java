package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.style.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {
    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        Path file = WindowState.file(Map.of("XDG_CONFIG_HOME", directory.toString()));
        WindowState state = new WindowState(1200, 800, 40, 60, true, Theme.LIGHT, 0.5, "desktop-linux");
        state.write(file);
        assertThat(WindowState.read(file)).isEqualTo(state);
    }

    @Test
    void aThemeThatWasNotChosenFollowsTheDesktop() throws IOException {
        Path file = directory.resolve("window.properties");
        WindowState first = WindowState.read(file);
        assertThat(first.theme()).isNull();
        first.write(file);
        assertThat(WindowState.read(file)).isEqualTo(first);
    }

    @Test
    void aMissingOrBrokenFileIsTheFirstTime() throws IOException {
        Path file = directory.resolve("window.properties");
        WindowState first = WindowState.read(file);
        Files.writeString(file, "width=wide\ntheme=PINK\n");
        assertThat(WindowState.read(file)).isEqualTo(first);
    }
}
