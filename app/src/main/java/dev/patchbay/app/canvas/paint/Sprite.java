package dev.patchbay.app.canvas.paint;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;

/// One disc, to be put in many places.
///
/// @param half of the image's width, in pixels of the view
record Sprite(GraphicsContext g, Camera camera, Image disc, int radius) {
    /// @param x of the middle, in the scene
    void drawAt(double x, double y) {
        double size = 2.0 * radius;
        g.drawImage(disc, Math.rint(camera.viewX(x)) - radius, Math.rint(camera.viewY(y)) - radius, size, size);
    }
}
