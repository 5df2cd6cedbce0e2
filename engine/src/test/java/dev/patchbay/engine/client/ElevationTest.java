package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.os.Programs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How root is asked for, and what for.
class ElevationTest {
    private static final Map<String, String> DESKTOP = Map.of("DISPLAY", ":0");

    @Test
    void aTerminalIsAskedBeforeADesktopAndNobodyWhereThereIsNeither() {
        boolean sudo = Programs.find("sudo").isPresent();
        assertThat(Elevation.choose(DESKTOP, true)).contains(sudo ? Elevation.SUDO : Elevation.PKEXEC);
        assertThat(Elevation.choose(DESKTOP, false)).contains(Elevation.PKEXEC);
        assertThat(Elevation.choose(Map.of("WAYLAND_DISPLAY", "wayland-0"), false))
                .contains(Elevation.PKEXEC);
        assertThat(Elevation.choose(Map.of(), false)).isEmpty();
    }

    /// It takes no words from its caller, and what a caller's PATH names is not what is started.
    @Test
    void whatStartsIsTheInstalledProgramWithoutAWord() throws Exception {
        for (Elevation way : Elevation.values()) {
            if (Programs.find(way.name().toLowerCase(Locale.ROOT)).isPresent()) {
                List<String> words = way.commandLine();
                assertThat(words.getFirst()).startsWith("/");
                assertThat(words.getLast()).isEqualTo("/usr/lib/patchbay/helper/patchbay-helper");
            }
        }
    }
}
