package dev.patchbay.app.style;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Buttons that show an icon and have a name for screen readers.
public final class Icons {
    private Icons() {}

    public static Node icon(Ikon ikon) {
        return new FontIcon(ikon);
    }

    /// @param name for screen readers and the tooltip
    public static Button button(String id, Ikon ikon, String name, Runnable action) {
        Button button = new Button(null, new FontIcon(ikon));
        button.setId(id);
        button.getStyleClass().add("button-icon");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(_ -> action.run());
        return button;
    }
}
