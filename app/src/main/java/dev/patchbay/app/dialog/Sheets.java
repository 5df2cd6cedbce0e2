package dev.patchbay.app.dialog;

import javafx.geometry.Insets;
import javafx.geometry.Point2D;
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
        show(sheet, null);
    }

    /// With the dialog's upper left corner here, as far as there is room; in the upper right corner when null.
    ///
    /// @param place in the coordinates of the layer
    public void show(Sheet sheet, @Nullable Point2D place) {
        open = sheet;
        sheet.onClose(() -> {
            if (open == sheet) {
                close();
            }
        });
        if (sheet.node() instanceof Region card) {
            card.setMaxHeight(Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(sheet.node(), place == null ? Pos.TOP_RIGHT : Pos.TOP_LEFT);
        layer.getChildren().setAll(sheet.node());
        layer.setVisible(true);
        if (place != null) {
            layer.applyCss();
            layer.layout();
            double room =
                    layer.getHeight() - MARGIN - sheet.node().getLayoutBounds().getHeight();
            StackPane.setMargin(
                    sheet.node(),
                    new Insets(Math.clamp(place.getY() - MARGIN, 0, Math.max(0, room - MARGIN)), 0, 0, place.getX()));
        }
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
