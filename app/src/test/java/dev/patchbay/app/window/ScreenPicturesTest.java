package dev.patchbay.app.window;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.screenshot.Screenshots;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scene of the target picture in its size, as it comes to the screen of a real X server.
class ScreenPicturesTest {
    private static final Path X_SERVER = Path.of("/usr/bin/Xvfb");

    @TempDir
    Path directory;

    @Test
    void onAnXServer() throws Exception {
        boolean able = Files.isExecutable(X_SERVER);
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(able, "Xvfb is needed");
        }
        assertThat(able).isTrue();
        Process server = new ProcessBuilder(
                        X_SERVER.toString(),
                        "-displayfd",
                        "1",
                        "-nolisten",
                        "tcp",
                        "-screen",
                        "0",
                        WindowOnScreen.WIDTH + "x" + WindowOnScreen.HEIGHT + "x24")
                .redirectError(directory.resolve("server.log").toFile())
                .start();
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            String display = told.readLine();
            assertThat(display)
                    .as(Files.readString(directory.resolve("server.log")))
                    .isNotNull();
            draw(":" + display);
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, SECONDS)).isTrue();
        }
        for (String name : WindowOnScreen.PICTURES.keySet()) {
            Screenshots.expect(ImageIO.read(directory.resolve(name + ".png").toFile()), name);
        }
    }

    private void draw(String display) throws Exception {
        ProcessBuilder window = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-Dprism.order=sw",
                        "-Dglass.gtk.uiScale=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WindowOnScreen.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true);
        window.environment().remove("WAYLAND_DISPLAY");
        window.environment().put("DISPLAY", display);
        Process process = window.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
