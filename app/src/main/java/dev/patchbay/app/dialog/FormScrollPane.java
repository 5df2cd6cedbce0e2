package dev.patchbay.app.dialog;

import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The fields of a dialog. They are shown in full while there is room; otherwise they scroll, and the
/// focused field is kept visible.
final class FormScrollPane {
    private static final double MARGIN = 8;

    private final ScrollPane pane;
    private final Region content;

    FormScrollPane(Region content) {
        this.content = content;
        // The preferred height of the scroll pane itself would be that of content without wrapped text.
        pane = new ScrollPane(content) {
            @Override
            public Orientation getContentBias() {
                return Orientation.HORIZONTAL;
            }

            @Override
            protected double computePrefHeight(double width) {
                return snappedTopInset() + content.prefHeight(width) + snappedBottomInset();
            }
        };
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.setFocusTraversable(false);
        pane.setMinHeight(0);
        pane.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(pane, Priority.ALWAYS);
        pane.sceneProperty().flatMap(scene -> scene.focusOwnerProperty()).subscribe(this::scrollTo);
    }

    Node node() {
        return pane;
    }

    private void scrollTo(@Nullable Node focused) {
        double hidden = content.getHeight() - pane.getViewportBounds().getHeight();
        if (focused == null || hidden <= 0 || !isInside(focused)) {
            return;
        }
        // The focused control with its label and hint.
        Node whole = focused.getParent() instanceof Region field && !field.equals(content) ? field : focused;
        Bounds place = content.sceneToLocal(whole.localToScene(whole.getLayoutBounds()));
        double top = pane.getVvalue() * hidden;
        double bottom = top + pane.getViewportBounds().getHeight();
        if (place.getMinY() - MARGIN < top) {
            pane.setVvalue((place.getMinY() - MARGIN) / hidden);
        } else if (place.getMaxY() + MARGIN > bottom) {
            pane.setVvalue((place.getMaxY() + MARGIN - pane.getViewportBounds().getHeight()) / hidden);
        }
    }

    private boolean isInside(Node node) {
        for (Node parent = node; parent != null; parent = parent.getParent()) {
            if (parent.equals(content)) {
                return true;
            }
        }
        return false;
    }
}
