package dev.patchbay.app.style;

import java.net.URL;
import java.util.Objects;

/// The three themes of the window. Each is one style sheet of tokens.
public enum Theme {
    DARK("tokens-dark.css"),
    LIGHT("tokens-light.css"),
    HIGH_CONTRAST("tokens-high-contrast.css");

    private final String sheet;

    Theme(String sheet) {
        this.sheet = sheet;
    }

    /// The style sheet with this theme's tokens. It must be added to a scene before any sheet that uses
    /// them.
    public URL stylesheet() {
        return Objects.requireNonNull(Theme.class.getResource(sheet), sheet);
    }
}
