package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.style.Face;
import dev.patchbay.app.style.Fonts;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Caches fonts and the widths of text in them. Belongs to the JavaFX thread.
final class FontMetricsCache {
    private static final int MAX_WIDTHS = 8192;
    private static final int MAX_FONTS = 256;
    /// Number of font sizes within one pixel.
    private static final double SIZES_PER_PIXEL = 8;

    private record FontKey(Face face, double size) {}

    private record TextKey(FontKey style, String text) {}

    private final Map<FontKey, Font> fonts = new HashMap<>();
    private final Map<TextKey, Double> widths = new HashMap<>();
    private final Text measuringText = new Text();

    FontMetricsCache() {
        Fonts.load();
    }

    /// A font of nearly this size, because zooming would otherwise create ever new ones.
    Font font(Face face, double size) {
        if (fonts.size() > MAX_FONTS) {
            fonts.clear();
        }
        double near = Math.rint(size * SIZES_PER_PIXEL) / SIZES_PER_PIXEL;
        return fonts.computeIfAbsent(new FontKey(face, near), style -> style.face.font(style.size));
    }

    double width(String text, Face face, double size) {
        if (widths.size() > MAX_WIDTHS) {
            widths.clear();
        }
        return widths.computeIfAbsent(new TextKey(new FontKey(face, size), text), measured -> {
            measuringText.setFont(font(face, size));
            measuringText.setText(text);
            return measuringText.getLayoutBounds().getWidth();
        });
    }
}
