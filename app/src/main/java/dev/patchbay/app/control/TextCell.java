package dev.patchbay.app.control;

import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// A cell of one line in the fixed-pitch font.
public final class TextCell<S> extends TableCell<S, String> {
    /// @param style a further style class; empty for none
    public TextCell(String style) {
        getStyleClass().add("mono");
        if (!style.isEmpty()) {
            getStyleClass().add(style);
        }
    }

    @Override
    protected void updateItem(@Nullable String text, boolean empty) {
        super.updateItem(text, empty);
        setText(empty ? null : text);
    }
}
