package dev.patchbay.app.dialog;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The layer over the picture that holds at most one dialog. Around the card, clicks go through to the picture.
public final class Sheets {
    private static final double MARGIN = 16;

    private final StackPane layer = new StackPane();
    private final Runnable closed;
    private @Nullable Sheet open;

    /// @param closed called when a dialog went away, to give the focus back
    public Sheets(Runnable closed) {
        this.closed = closed;
        layer.setPickOnBounds(false);
        layer.setPadding(new Insets(MARGIN));
        layer.setVisible(false);
    }

    public Node layer() {
        return layer;
    }

    public void show(Sheet sheet) {
        open = sheet;
        sheet.onClose(() -> {
            if (open == sheet) {
                close();
            }
        });
        if (sheet.node() instanceof Region card) {
            card.setMaxHeight(Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(sheet.node(), Pos.TOP_RIGHT);
        layer.getChildren().setAll(sheet.node());
        layer.setVisible(true);
        sheet.focus();
    }

    public boolean isOpen() {
        return open != null;
    }

    public void close() {
        if (open != null) {
            open = null;
            layer.getChildren().clear();
            layer.setVisible(false);
            closed.run();
        }
    }
}
