package dev.patchbay.app.canvas.drawing;

import dev.patchbay.app.canvas.routing.Box;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.transform.Affine;

/// A box with round corners, on whole pixels: rectangles, and a quarter of a disc in each corner. A shape in one piece
/// costs JavaFX's software renderer a look at every pixel inside, and a line round a network is all but empty.
final class RoundedBox {
    private final GraphicsContext g;
    private final Sprites sprites;
    private final Affine before;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final int radius;
    private final int density;

    RoundedBox(GraphicsContext g, Sprites sprites, Box box, double radius) {
        this.g = g;
        this.sprites = sprites;
        this.before = g.getTransform();
        PixelGrid grid = PixelGrid.of(before);
        this.left = (int) Math.rint(grid.pixelX(box.x()));
        this.top = (int) Math.rint(grid.pixelY(box.y()));
        this.right = Math.max(left + 1, (int) Math.rint(grid.pixelX(box.right())));
        this.bottom = Math.max(top + 1, (int) Math.rint(grid.pixelY(box.bottom())));
        int largest = Math.min(right - left, bottom - top) / 2;
        this.radius = Math.min(largest, (int) Math.rint(grid.pixels(radius)));
        this.density = Sprites.density(g);
    }

    void fill(Color colour) {
        g.setFill(colour);
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.fillRect(left, top + radius, right - left, bottom - top - 2 * radius);
        if (radius > 0) {
            g.fillRect(left + radius, top, right - left - 2 * radius, radius);
            g.fillRect(left + radius, bottom - radius, right - left - 2 * radius, radius);
            Image disc = sprites.disc(radius, colour, colour, 0, density);
            upperCorners(disc);
            lowerCorners(disc);
        }
        g.setTransform(before);
    }

    /// With sharp corners below.
    void fillAsHeader(Color colour) {
        g.setFill(colour);
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.fillRect(left, top + radius, right - left, bottom - top - radius);
        if (radius > 0) {
            g.fillRect(left + radius, top, right - left - 2 * radius, radius);
            upperCorners(sprites.disc(radius, colour, colour, 0, density));
        }
        g.setTransform(before);
    }

    /// Just inside the edge.
    ///
    /// @param width in pixels
    void outline(Color colour, double width) {
        g.setFill(colour);
        g.setTransform(1, 0, 0, 1, 0, 0);
        double between = radius > 0 ? radius : width;
        g.fillRect(left + radius, top, right - left - 2 * radius, width);
        g.fillRect(left + radius, bottom - width, right - left - 2 * radius, width);
        g.fillRect(left, top + between, width, bottom - top - 2 * between);
        g.fillRect(right - width, top + between, width, bottom - top - 2 * between);
        if (radius > 0) {
            Image ring = sprites.disc(radius, Color.TRANSPARENT, colour, width, density);
            upperCorners(ring);
            lowerCorners(ring);
        }
        g.setTransform(before);
    }

    private void upperCorners(Image disc) {
        quarter(disc, 0, 0, left, top);
        quarter(disc, 1, 0, right - radius, top);
    }

    private void lowerCorners(Image disc) {
        quarter(disc, 0, 1, left, bottom - radius);
        quarter(disc, 1, 1, right - radius, bottom - radius);
    }

    private void quarter(Image disc, int column, int row, int x, int y) {
        double side = disc.getWidth() / 2;
        g.drawImage(disc, column * side, row * side, side, side, x, y, radius, radius);
    }
}
