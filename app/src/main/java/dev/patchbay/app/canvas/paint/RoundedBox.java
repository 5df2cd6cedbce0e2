package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;

/// A box with rounded corners on whole pixels: rectangles, and a quarter of a disc in each corner.
/// JavaFX's software renderer would examine every pixel inside a single shape, although the inside of a
/// border is empty.
final class RoundedBox {
    private final GraphicsContext g;
    private final CanvasSurface surface;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final int radius;

    RoundedBox(CanvasSurface surface, Rect box, double radius) {
        this.surface = surface;
        this.g = surface.g();
        Camera camera = surface.camera();
        this.left = (int) Math.rint(camera.viewX(box.x()));
        this.top = (int) Math.rint(camera.viewY(box.y()));
        this.right = Math.max(left + 1, (int) Math.rint(camera.viewX(box.right())));
        this.bottom = Math.max(top + 1, (int) Math.rint(camera.viewY(box.bottom())));
        int largest = Math.min(right - left, bottom - top) / 2;
        this.radius = Math.min(largest, (int) Math.rint(radius * camera.scale()));
    }

    void fill(Color colour) {
        fillBody(colour);
        if (radius > 0) {
            drawCorners(disc(colour, colour, 0));
        }
    }

    /// Fills the box with sharp lower corners.
    void fillAsHeader(Color colour) {
        g.setFill(colour);
        g.fillRect(left, top + radius, right - left, bottom - top - radius);
        if (radius > 0) {
            g.fillRect(left + radius, top, right - left - 2 * radius, radius);
            Image disc = disc(colour, colour, 0);
            drawQuarter(disc, 0, 0, left, top);
            drawQuarter(disc, 1, 0, right - radius, top);
        }
    }

    /// Draws a line just inside the edge.
    ///
    /// @param width in pixels
    void outline(Color colour, double width) {
        drawSides(colour, width);
        if (radius > 0) {
            drawCorners(disc(Color.TRANSPARENT, colour, width));
        }
    }

    /// Fills the box and draws a line just inside the edge.
    ///
    /// @param width in pixels
    void fillWithBorder(Color fill, Color edge, double width) {
        fillBody(fill);
        drawSides(edge, width);
        if (radius > 0) {
            drawCorners(disc(fill, edge, width));
        }
    }

    /// Fills everything except the corners.
    private void fillBody(Color colour) {
        g.setFill(colour);
        g.fillRect(left, top + radius, right - left, bottom - top - 2 * radius);
        if (radius > 0) {
            g.fillRect(left + radius, top, right - left - 2 * radius, radius);
            g.fillRect(left + radius, bottom - radius, right - left - 2 * radius, radius);
        }
    }

    private void drawSides(Color colour, double width) {
        double between = radius > 0 ? radius : width;
        g.setFill(colour);
        g.fillRect(left + radius, top, right - left - 2 * radius, width);
        g.fillRect(left + radius, bottom - width, right - left - 2 * radius, width);
        if (bottom - top > 2 * between) {
            g.fillRect(left, top + between, width, bottom - top - 2 * between);
            g.fillRect(right - width, top + between, width, bottom - top - 2 * between);
        }
    }

    private Image disc(Color fill, Color edge, double width) {
        return surface.sprites().disc(radius, fill, edge, width, surface.pixelDensity());
    }

    private void drawCorners(Image disc) {
        if (bottom - top == 2 * radius) {
            double side = disc.getWidth() / 2;
            g.drawImage(disc, 0, 0, side, 2 * side, left, top, radius, 2 * radius);
            g.drawImage(disc, side, 0, side, 2 * side, right - radius, top, radius, 2 * radius);
            return;
        }
        drawQuarter(disc, 0, 0, left, top);
        drawQuarter(disc, 1, 0, right - radius, top);
        drawQuarter(disc, 0, 1, left, bottom - radius);
        drawQuarter(disc, 1, 1, right - radius, bottom - radius);
    }

    private void drawQuarter(Image disc, int column, int row, int x, int y) {
        double side = disc.getWidth() / 2;
        g.drawImage(disc, column * side, row * side, side, side, x, y, radius, radius);
    }
}
