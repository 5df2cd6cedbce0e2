package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.app.style.Palette;
import java.util.List;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// The surface that painters draw on: the canvas of the window and of PNG files, or an SVG document.
/// Lengths are in scene units.
interface DrawingSurface {
    /// Maximum distance that an element may be drawn outside of its box.
    double MAX_OVERDRAW = 12;

    /// The width of the edge on each side of a cable.
    double CABLE_EDGE_WIDTH = 1.25;

    /// A disc that is drawn many times.
    interface Disc {
        /// @param x of the centre
        void drawAt(double x, double y);
    }

    Palette palette();

    HighlightedElements highlights();

    LevelOfDetail detail();

    /// Pixels of the view for each scene unit.
    double scale();

    /// The part of the scene that is drawn.
    Rect visible();

    /// Sets the opacity of all shapes that follow.
    void setOpacity(double opacity);

    void fill(Rect box, double radius, Color colour);

    /// Fills a box with rounded upper corners.
    void fillHeader(Rect box, double radius, Color colour);

    /// Draws a line just inside the edge of the box.
    void outline(Rect box, double radius, Color colour, double width);

    /// Fills a box and draws a line just inside its edge.
    void fillWithBorder(Rect box, double radius, Color fill, Color border, double width);

    /// Sets the stroke of [#line], [#curve] and [#strokeBorder]; without dashes it is solid.
    ///
    /// @param dashes lengths of lines and gaps, alternating
    void stroke(Color colour, double width, double... dashes);

    void line(double x1, double y1, double x2, double y2);

    /// Draws a solid vertical line.
    void verticalLine(double x, double top, double bottom, Color colour, double width);

    /// A Bézier curve.
    void curve(Point from, Point first, Point second, Point to);

    /// Strokes the edge of a box.
    void strokeBorder(Rect box, double radius);

    /// Draws a line with rounded bends.
    ///
    /// @param route at least two points; horizontal and vertical segments alternate
    /// @param extraPixels added to the width at every scale
    /// @param edge colour of a thin line on both sides, null for none
    void cable(List<Point> route, double width, int extraPixels, Color colour, @Nullable Color edge, double... dashes);

    /// @param width of the border, which lies inside
    Disc disc(double radius, Color fill, Color border, double width);

    double width(String text, Face face, double size);

    void fillText(
            String text, Face face, double size, Color colour, TextAlignment alignment, double x, double baseline);

    default boolean isVisible(Rect box) {
        return isVisible(box.x(), box.y(), box.right(), box.bottom());
    }

    /// Whether the bounding box of a route is visible.
    default boolean isVisible(List<Point> route) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int i = 0; i < route.size(); i++) {
            Point point = route.get(i);
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        return isVisible(left, top, right, bottom);
    }

    // Plain comparisons and loops, because each frame calls them for each element.

    private boolean isVisible(double left, double top, double right, double bottom) {
        Rect visible = visible();
        return left - MAX_OVERDRAW < visible.right()
                && visible.x() < right + MAX_OVERDRAW
                && top - MAX_OVERDRAW < visible.bottom()
                && visible.y() < bottom + MAX_OVERDRAW;
    }

    default Color colour(String token) {
        return palette().colour(token);
    }

    default Color tint(Tint tint) {
        return switch (tint) {
            case Tint.OfNetwork network -> palette().laneColour(network.number());
            case Tint.OfDefaultBridge _ -> colour("lane-bridge");
            case Tint.OfNoNetwork _ -> colour("lane-none");
        };
    }

    static Color withOpacity(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), colour.getOpacity() * opacity);
    }

    /// Dims everything that follows unless the element is highlighted. Shapes become translucent; text
    /// becomes grey, so that it stays readable.
    default void dimUnlessHighlighted(CanvasElement element) {
        setOpacity(highlights().isDimmed(element) ? palette().tint("dimmed") : 1);
    }

    /// Draws the ring of the keyboard focus around the box.
    default void focusRing(Rect box, double radius) {
        outline(box.expanded(4), radius + 4, colour("focus"), Math.max(2, 1.5 / scale()));
    }

    /// The width of a line in pixels, never too thin to be visible.
    default double lineWidth(double width) {
        return Math.max(width * scale(), 0.7);
    }

    default void dot(double x, double y, double radius, Color colour) {
        disc(radius, colour, colour, 0).drawAt(x, y);
    }

    /// @param radius to the middle of the border
    default void ring(double x, double y, double radius, Color fill, Color border, double width) {
        double thick = lineWidth(width) / scale();
        disc(radius + thick / 2, fill, border, thick).drawAt(x, y);
    }

    /// @return the width of the text
    default double text(String text, Face face, double size, Color colour, double x, double baseline, double room) {
        String fitted = ellipsize(text, face, size, room);
        fillText(fitted, face, size, colour, TextAlignment.LEFT, x, baseline);
        return width(fitted, face, size);
    }

    default void textRight(
            String text, Face face, double size, Color colour, double right, double baseline, double room) {
        fillText(ellipsize(text, face, size, room), face, size, colour, TextAlignment.RIGHT, right, baseline);
    }

    default void textCentred(String text, Face face, double size, Color colour, Rect box) {
        String fitted = ellipsize(text, face, size, box.width() - 8);
        // Digits and capitals of both fonts are 0.73 of the size high.
        fillText(fitted, face, size, colour, TextAlignment.CENTER, box.centreX(), box.centreY() + size * 0.365);
    }

    /// The text, shortened in its middle to fit into this width.
    private String ellipsize(String text, Face face, double size, double room) {
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
