package dev.patchbay.app.canvas.paint;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.Window;

/// Caches discs as images. JavaFX's software renderer takes twenty times as long for a shape, and a
/// frame has hundreds of them, most of them corners. Belongs to the JavaFX thread.
final class SpriteCache {
    private static final int MAX_ENTRIES = 1024;
    /// Number of radii and widths within one pixel.
    private static final double STEPS_PER_PIXEL = 4;

    /// @param radius in pixels of the view, as `width`
    /// @param width of the border, which lies inside
    private record Disc(double radius, Color fill, Color edge, double width, int density) {}

    private final Map<Disc, Image> discs = new HashMap<>();

    /// A disc in the middle of an image of whole pixels, see [#imageRadius].
    ///
    /// @param radius in pixels of the view, as `width`
    Image disc(double radius, Color fill, Color edge, double width, int density) {
        if (discs.size() > MAX_ENTRIES) {
            discs.clear();
        }
        return discs.computeIfAbsent(
                new Disc(quantizedRadius(radius), fill, edge, quantized(width), density), SpriteCache::render);
    }

    private static double quantized(double length) {
        return Math.rint(length * STEPS_PER_PIXEL) / STEPS_PER_PIXEL;
    }

    /// From far away a disc is smaller than a pixel, but must stay visible.
    private static double quantizedRadius(double length) {
        return Math.max(1 / STEPS_PER_PIXEL, quantized(length));
    }

    /// Half the width of the disc's image, in pixels of the view.
    static int imageRadius(double radius) {
        return (int) Math.ceil(quantizedRadius(radius));
    }

    /// Screen pixels for one pixel of the view, rounded up.
    static int pixelDensity(GraphicsContext g) {
        Scene scene = g.getCanvas().getScene();
        Window window = scene == null ? null : scene.getWindow();
        return window == null ? 1 : (int) Math.ceil(window.getRenderScaleX());
    }

    private static Image render(Disc disc) {
        int half = imageRadius(disc.radius) * disc.density;
        WritableImage image = new WritableImage(2 * half, 2 * half);
        PixelWriter pixels = image.getPixelWriter();
        double outer = disc.radius * disc.density;
        double inner = outer - disc.width * disc.density;
        for (int y = 0; y < 2 * half; y++) {
            for (int x = 0; x < 2 * half; x++) {
                double distance = Math.hypot(x + 0.5 - half, y + 0.5 - half);
                pixels.setColor(x, y, pixelColour(disc, coverage(outer - distance), coverage(inner - distance)));
            }
        }
        return image;
    }

    /// The part of a pixel that lies inside a curve, which passes its centre at this distance.
    private static double coverage(double inside) {
        return Math.clamp(inside + 0.5, 0, 1);
    }

    private static Color pixelColour(Disc disc, double all, double inside) {
        double weightOfFill = inside * disc.fill.getOpacity();
        double weightOfEdge = (all - inside) * disc.edge.getOpacity();
        double opacity = weightOfFill + weightOfEdge;
        if (opacity <= 0) {
            return Color.TRANSPARENT;
        }
        Color mixed = opaque(disc.edge).interpolate(opaque(disc.fill), weightOfFill / opacity);
        return new Color(mixed.getRed(), mixed.getGreen(), mixed.getBlue(), Math.min(1, opacity));
    }

    private static Color opaque(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 1);
    }
}
