package dev.patchbay.app.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.patchbay.app.style.Theme;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;

/// The style sheets of a scene: AtlantaFX at the bottom, then the theme's colours, then the window's own
/// sheet, which uses these colours only.
public final class Themes {
    private Themes() {}

    /// The sheet at the bottom belongs to the whole program: [#setUserAgentStylesheet] sets it for the
    /// scene that is shown.
    static void apply(Scene scene, Theme theme) {
        scene.getStylesheets().setAll(List.of(theme.stylesheet().toExternalForm(), stylesheet()));
    }

    /// Sets the sheet at the bottom. Call it before the first control is made, or JavaFX loads its own
    /// default sheet.
    static void setUserAgentStylesheet(Theme theme) {
        Application.setUserAgentStylesheet(
                switch (theme) {
                    case LIGHT -> new PrimerLight().getUserAgentStylesheet();
                    case DARK, HIGH_CONTRAST -> new PrimerDark().getUserAgentStylesheet();
                });
    }

    private static String stylesheet() {
        URL sheet = Themes.class.getResource("window.css");
        return Objects.requireNonNull(sheet, "window.css").toExternalForm();
    }

    /// The theme that the desktop prefers.
    static Theme desktopTheme() {
        Platform.Preferences desktop = Platform.getPreferences();
        boolean contrast = desktop.values().stream()
                .anyMatch(value -> value instanceof String name && name.startsWith("HighContrast"));
        if (contrast) {
            return Theme.HIGH_CONTRAST;
        }
        return desktop.getColorScheme() == ColorScheme.LIGHT ? Theme.LIGHT : Theme.DARK;
    }

    /// The theme that follows this one, for the button that switches.
    static Theme next(Theme theme) {
        return switch (theme) {
            case DARK -> Theme.LIGHT;
            case LIGHT -> Theme.HIGH_CONTRAST;
            case HIGH_CONTRAST -> Theme.DARK;
        };
    }
}
