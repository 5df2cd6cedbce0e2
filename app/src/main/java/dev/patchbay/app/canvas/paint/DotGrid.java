package dev.patchbay.app.canvas.paint;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// The pattern of dots of the background, which makes panning visible. One row is cached as an image,
/// because drawing thousands of single dots takes longer than drawing everything else.
final class DotGrid {
    private static final double PITCH = 28;
    /// Minimum distance in pixels; closer dots would look like a grey area.
    private static final double MIN_PITCH = 14;

    private record Row(double step, int width, Color colour) {}

    private @Nullable Row row;
    private WritableImage image = new WritableImage(1, 1);

    void paint(GraphicsContext g, Camera camera, Color colour, double width, double height) {
        double step = PITCH * camera.scale();
        if (step < MIN_PITCH) {
            return;
        }
        int size = camera.scale() < 1.5 ? 2 : 3;
        Row wanted = new Row(step, (int) Math.ceil(width + step), colour);
        if (!wanted.equals(row)) {
            row = wanted;
            image = render(wanted, size);
        }
        double x = Math.rint(modulo(camera.offsetX(), step) - step);
        for (double y = modulo(camera.offsetY(), step); y < height; y += step) {
            g.drawImage(image, x, Math.rint(y) - 1);
        }
    }

    private static WritableImage render(Row row, int size) {
        WritableImage image = new WritableImage(row.width, size);
        PixelWriter pixels = image.getPixelWriter();
        for (double x = 0; x + size <= row.width; x += row.step) {
            for (int i = 0; i < size * size; i++) {
                pixels.setColor((int) Math.rint(x) + i % size, i / size, row.colour);
            }
        }
        return image;
    }

    private static double modulo(double value, double step) {
        return value - Math.floor(value / step) * step;
    }
}
