package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.style.Fonts;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// Fonts, and how wide text is in them. Belongs to the JavaFX thread.
final class FontMetricsCache {
    private static final int MAX_WIDTHS = 8192;
    private static final int MAX_FONTS = 256;
    /// Sizes of a font between one pixel and the next.
    private static final double SIZES_PER_PIXEL = 8;

    enum Face {
        TEXT(Fonts.TEXT, FontWeight.NORMAL),
        STRONG(Fonts.STRONG, FontWeight.NORMAL),
        TITLE(Fonts.TEXT, FontWeight.BOLD),
        MONO(Fonts.MONO, FontWeight.NORMAL),
        MONO_STRONG(Fonts.MONO, FontWeight.BOLD);

        private final String family;
        private final FontWeight weight;

        Face(String family, FontWeight weight) {
            this.family = family;
            this.weight = weight;
        }
    }

    private record FontKey(Face face, double size) {}

    private record TextKey(FontKey style, String text) {}

    private final Map<FontKey, Font> fonts = new HashMap<>();
    private final Map<TextKey, Double> widths = new HashMap<>();
    private final Text measuringText = new Text();

    FontMetricsCache() {
        Fonts.load();
    }

    /// Of nearly this size: zooming would ask for ever new ones.
    Font font(Face face, double size) {
        if (fonts.size() > MAX_FONTS) {
            fonts.clear();
        }
        double near = Math.rint(size * SIZES_PER_PIXEL) / SIZES_PER_PIXEL;
        return fonts.computeIfAbsent(
                new FontKey(face, near), style -> Font.font(style.face.family, style.face.weight, style.size));
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

    /// The text, with as much cut out of its middle as it takes to be no wider than this.
    String ellipsize(String text, Face face, double size, double room) {
        if (width(text, face, size) <= room) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        int low = 0;
        int high = points.length - 1;
        while (low < high) {
            int kept = (low + high + 1) / 2;
            if (width(withEllipsis(points, kept), face, size) <= room) {
                low = kept;
            } else {
                high = kept - 1;
            }
        }
        return low == 0 ? "" : withEllipsis(points, low);
    }

    private static String withEllipsis(int[] points, int kept) {
        int head = (kept + 1) / 2;
        int tail = kept - head;
        return new String(points, 0, head) + '…' + new String(points, points.length - tail, tail);
    }
}
