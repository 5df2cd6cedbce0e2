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
import org.jspecify.annotations.Nullable;

/// The state of the window at its last end.
///
/// @param width of the scene
/// @param x of the stage on the screen; NaN lets the desktop choose, as for y
/// @param theme null to follow the desktop
/// @param drawer the height of the canvas as a fraction of the height of canvas and drawer
/// @param host the host that was shown
public record WindowState(
        double width,
        double height,
        double x,
        double y,
        boolean maximized,
        @Nullable Theme theme,
        double drawer,
        String host) {
    static final double MIN_WIDTH = 960;
    static final double MIN_HEIGHT = 640;
    private static final double DEFAULT_DRAWER = 0.68;
    private static final WindowState DEFAULT =
            new WindowState(1440, 900, Double.NaN, Double.NaN, false, null, DEFAULT_DRAWER, "");

    /// All other values are those of the first start.
    public WindowState(double width, double height, boolean maximized, Theme theme) {
        this(width, height, Double.NaN, Double.NaN, maximized, theme, DEFAULT_DRAWER, "");
    }

    /// `$XDG_CONFIG_HOME/patchbay/window.properties`, below `~/.config` when that is not set.
    public static Path file(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // The XDG base directory specification says that a relative path must be ignored.
        Path root = config.startsWith("/") ? Path.of(config) : Path.of(System.getProperty("user.home"), ".config");
        return root.resolve("patchbay").resolve("window.properties");
    }

    /// The state of the first start when there is no file or it cannot be read: losing the window's size
    /// must not prevent the start.
    public static WindowState read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            String theme = properties.getProperty("theme", "");
            return new WindowState(
                    Math.max(MIN_WIDTH, number(properties, "width", DEFAULT.width)),
                    Math.max(MIN_HEIGHT, number(properties, "height", DEFAULT.height)),
                    number(properties, "x", DEFAULT.x),
                    number(properties, "y", DEFAULT.y),
                    Boolean.parseBoolean(properties.getProperty("maximized")),
                    theme.isEmpty() ? null : Theme.valueOf(theme),
                    Math.clamp(number(properties, "drawer", DEFAULT.drawer), 0.1, 0.95),
                    properties.getProperty("host", ""));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            return DEFAULT;
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
        set.accept("x", x);
        set.accept("y", y);
        set.accept("theme", theme == null ? "" : theme.name());
        set.accept("drawer", drawer);
        set.accept("host", host);
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
