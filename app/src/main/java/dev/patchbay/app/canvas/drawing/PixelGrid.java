package dev.patchbay.app.canvas.drawing;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.transform.Affine;

/// The screen's pixels in the coordinates that a context draws in now: moved and enlarged, never turned.
record PixelGrid(double scale, double left, double top) {
    static PixelGrid of(GraphicsContext g) {
        return of(g.getTransform());
    }

    static PixelGrid of(Affine transform) {
        return new PixelGrid(transform.getMxx(), transform.getTx(), transform.getTy());
    }

    double pixelX(double x) {
        return x * scale + left;
    }

    double pixelY(double y) {
        return y * scale + top;
    }

    /// The same length in pixels.
    double pixels(double length) {
        return length * scale;
    }

    /// The edge between two pixels that is next to the right, or `x` where it is one.
    double rightOf(double x) {
        return (Math.ceil(x * scale + left) - left) / scale;
    }

    double leftOf(double x) {
        return (Math.floor(x * scale + left) - left) / scale;
    }

    double below(double y) {
        return (Math.ceil(y * scale + top) - top) / scale;
    }

    double above(double y) {
        return (Math.floor(y * scale + top) - top) / scale;
    }
}
