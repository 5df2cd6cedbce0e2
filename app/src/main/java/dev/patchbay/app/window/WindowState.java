package dev.patchbay.app.window;

import dev.patchbay.app.style.Theme;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;

/// How the window looked last time: size and theme.
///
/// @param width of the scene
public record WindowState(double width, double height, boolean maximized, Theme theme) {
    static final double SMALLEST_WIDTH = 960;
    static final double SMALLEST_HEIGHT = 640;
    private static final WindowState FIRST = new WindowState(1440, 900, false, Theme.DARK);

    /// `$XDG_CONFIG_HOME/patchbay/window.properties`, below `~/.config` when that is not set.
    public static Path file(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // The XDG base directory specification: a relative path is to be ignored.
        Path root = config.startsWith("/") ? Path.of(config) : Path.of(System.getProperty("user.home"), ".config");
        return root.resolve("patchbay").resolve("window.properties");
    }

    /// The first-time look when there is no file or it cannot be read: a lost window size is no reason not to start.
    public static WindowState read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new WindowState(
                    Math.max(SMALLEST_WIDTH, number(properties, "width", FIRST.width)),
                    Math.max(SMALLEST_HEIGHT, number(properties, "height", FIRST.height)),
                    Boolean.parseBoolean(properties.getProperty("maximized")),
                    Theme.valueOf(properties.getProperty("theme", FIRST.theme.name())));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            return FIRST;
        }
    }

    private static double number(Properties properties, String key, double otherwise) {
        return Double.parseDouble(properties.getProperty(key, String.valueOf(otherwise)));
    }

    public void write(Path file) throws IOException {
        Properties properties = new Properties();
        BiConsumer<String, Object> set = (key, value) -> properties.setProperty(key, String.valueOf(value));
        set.accept("width", width);
        set.accept("height", height);
        set.accept("maximized", maximized);
        set.accept("theme", theme.name());
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
