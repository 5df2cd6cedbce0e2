package dev.patchbay.app.control;

import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// Two texts, one at each end of a line. If they do not fit side by side, the second one is placed below
/// the first; a text that is still too long is wrapped.
public final class LabelPair extends Region {
    private static final double GAP = 8;

    private final Label first;
    private final Label second;

    public LabelPair(Label first, Label second) {
        this.first = first;
        this.second = second;
        first.setWrapText(true);
        second.setWrapText(true);
        getChildren().addAll(first, second);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return sideBySideWidth();
    }

    @Override
    protected double computePrefHeight(double width) {
        double above = first.prefHeight(width);
        double below = second.prefHeight(width);
        return second.getText().isEmpty() || width < 0 || sideBySideWidth() <= width
                ? Math.max(above, below)
                : above + below;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double above = first.prefHeight(width);
        first.resizeRelocate(0, 0, Math.min(width, first.prefWidth(-1)), above);
        if (second.getText().isEmpty() || sideBySideWidth() <= width) {
            double needed = second.prefWidth(-1);
            double height = second.prefHeight(-1);
            second.resizeRelocate(width - needed, snapPositionY((above - height) / 2), needed, height);
        } else {
            second.resizeRelocate(0, above, width, second.prefHeight(width));
        }
    }

    private double sideBySideWidth() {
        return Math.ceil(first.prefWidth(-1)) + GAP + Math.ceil(second.prefWidth(-1));
    }
}
