package dev.patchbay.app.dialog;

import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The layer over the picture that holds at most one dialog. Around the card, clicks go through to the picture.
public final class DialogLayer {
    private static final double MARGIN = 16;

    private final StackPane layer = new StackPane() {
        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            clampToLayer();
        }
    };
    private final Runnable onClosed;
    private @Nullable ChangeDialog openDialog;
    private @Nullable Point2D position;

    /// @param closed called when a dialog went away, to give the focus back
    public DialogLayer(Runnable closed) {
        this.onClosed = closed;
        layer.setPickOnBounds(false);
        layer.setPadding(new Insets(MARGIN));
        layer.setVisible(false);
    }

    public Node layer() {
        return layer;
    }

    public void show(ChangeDialog sheet) {
        show(sheet, null);
    }

    /// With the dialog's upper left corner here, as far as there is room; in the upper right corner when null.
    ///
    /// @param place in the coordinates of the layer
    public void show(ChangeDialog sheet, @Nullable Point2D place) {
        openDialog = sheet;
        this.position = place;
        sheet.setOnClose(() -> {
            if (openDialog == sheet) {
                close();
            }
        });
        if (sheet.node() instanceof Region card) {
            card.setMaxHeight(Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(sheet.node(), Pos.TOP_LEFT);
        layer.getChildren().setAll(sheet.node());
        layer.setVisible(true);
        sheet.focusFirstField();
    }

    /// Whatever the size of the window is and becomes.
    private void clampToLayer() {
        if (openDialog != null && openDialog.node() instanceof Region card) {
            double right = Math.max(MARGIN, layer.getWidth() - MARGIN - card.getWidth());
            double bottom = Math.max(MARGIN, layer.getHeight() - MARGIN - card.getHeight());
            card.relocate(
                    position == null ? right : Math.clamp(position.getX() + MARGIN, MARGIN, right),
                    position == null ? MARGIN : Math.clamp(position.getY(), MARGIN, bottom));
        }
    }

    public boolean isOpen() {
        return openDialog != null;
    }

    public void close() {
        if (openDialog != null) {
            openDialog = null;
            layer.getChildren().clear();
            layer.setVisible(false);
            onClosed.run();
        }
    }
}
