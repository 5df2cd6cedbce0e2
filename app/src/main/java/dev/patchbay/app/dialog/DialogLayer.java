package dev.patchbay.app.dialog;

import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The layer over the canvas that holds at most one dialog. Clicks beside the dialog reach the canvas.
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

    /// @param closed called after a dialog has closed, to restore the focus
    public DialogLayer(Runnable closed) {
        this.onClosed = closed;
        layer.setPickOnBounds(false);
        layer.setPadding(new Insets(MARGIN));
        layer.setVisible(false);
    }

    public Node layer() {
        return layer;
    }

    public void show(ChangeDialog dialog) {
        show(dialog, null);
    }

    /// Shows the dialog with its upper left corner at this place, as far as there is room; in the upper
    /// right corner when null.
    ///
    /// @param place in the coordinates of the layer
    public void show(ChangeDialog dialog, @Nullable Point2D place) {
        openDialog = dialog;
        this.position = place;
        dialog.setOnClose(() -> {
            if (openDialog == dialog) {
                close();
            }
        });
        if (dialog.node() instanceof Region card) {
            card.setMaxHeight(Region.USE_PREF_SIZE);
        }
        StackPane.setAlignment(dialog.node(), Pos.TOP_LEFT);
        layer.getChildren().setAll(dialog.node());
        layer.setVisible(true);
        dialog.focusFirstField();
    }

    /// Keeps the dialog inside the layer, also when the window is resized.
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
