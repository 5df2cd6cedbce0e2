package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Palette;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;

/// A graphics context that speaks in tokens, boxes and faces, in scene units. It draws in the view's pixels,
/// without a transform: to set one for each shape takes longer than the shape.
///
/// @param density pixels of the screen on one of the view, see [SpriteCache#pixelDensity]
record DrawContext(
        GraphicsContext g,
        Palette palette,
        FontMetricsCache fonts,
        SpriteCache sprites,
        Emphasis emphasis,
        LevelOfDetail detail,
        Camera camera,
        Rect visible,
        int pixelDensity) {
    /// How far a thing may be drawn outside of its box.
    private static final double MAX_OVERDRAW = 12;

    /// The same, in pixels of the view.
    DrawContext inViewPixels() {
        return new DrawContext(g, palette, fonts, sprites, emphasis, detail, Camera.IDENTITY, visible, pixelDensity);
    }

    double scale() {
        return camera.scale();
    }

    boolean isVisible(Rect box) {
        return isVisible(box.x(), box.y(), box.right(), box.bottom());
    }

    /// Whether the box round a route is in view.
    boolean isVisible(List<Point> route) {
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

    // Plain comparisons and loops: everything passes here with every frame.

    private boolean isVisible(double left, double top, double right, double bottom) {
        return left - MAX_OVERDRAW < visible.right()
                && visible.x() < right + MAX_OVERDRAW
                && top - MAX_OVERDRAW < visible.bottom()
                && visible.y() < bottom + MAX_OVERDRAW;
    }

    Color colour(String token) {
        return palette.colour(token);
    }

    Color tint(Tint tint) {
        return switch (tint) {
            case Tint.OfNetwork network -> palette.laneColour(network.number());
            case Tint.OfDefaultBridge _ -> palette.colour("lane-bridge");
            case Tint.OfNoNetwork _ -> palette.colour("lane-none");
        };
    }

    static Color withOpacity(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), colour.getOpacity() * opacity);
    }

    /// From here on, everything is dimmed when the search has not found the element. Shapes fade; words turn grey, so
    /// that they can still be read.
    void dimUnlessHighlighted(CanvasElement element) {
        g.setGlobalAlpha(emphasis.isDimmed(element) ? palette.tint("dimmed") : 1);
    }

    void fill(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fill(colour);
    }

    /// Round above, sharp below.
    void fillHeader(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fillAsHeader(colour);
    }

    /// A line just inside the edge of the box.
    void outline(Rect box, double radius, Color colour, double width) {
        new RoundedBox(this, box, radius).outline(colour, lineWidth(width));
    }

    /// Filled, with a line just inside its edge.
    void fillWithBorder(Rect box, double radius, Color heart, Color edge, double width) {
        new RoundedBox(this, box, radius).fillWithBorder(heart, edge, lineWidth(width));
    }

    /// The mark of the keyboard focus, around the box.
    void focusRing(Rect box, double radius) {
        outline(box.expanded(4), radius + 4, colour("focus"), Math.max(2, 1.5 / scale()));
    }

    /// For what is drawn until the next time; whole without dashes.
    ///
    /// @param dashes lengths of lines and gaps by turns
    void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(lineWidth(width));
        g.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(Arrays.stream(dashes).map(dash -> dash * scale()).toArray());
    }

    /// How thick a line becomes: none is so thin that it cannot be seen.
    private double lineWidth(double width) {
        return Math.max(width * scale(), 0.7);
    }

    /// Likewise, without a pixel that it covers in part.
    int roundedLineWidth(double width) {
        return Math.max(1, (int) Math.rint(width * scale()));
    }

    void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(camera.viewX(x1), camera.viewY(y1), camera.viewX(x2), camera.viewY(y2));
    }

    /// A line down without a gap.
    void verticalLine(double x, double top, double bottom, Color colour, double width) {
        int thick = roundedLineWidth(width);
        double from = Math.rint(camera.viewY(top));
        g.setFill(colour);
        g.fillRect(Math.rint(camera.viewX(x) - thick / 2.0), from, thick, Math.rint(camera.viewY(bottom)) - from);
    }

    /// A Bézier curve in the stroke that is set.
    void curve(Point from, Point first, Point second, Point to) {
        g.beginPath();
        g.moveTo(camera.viewX(from.x()), camera.viewY(from.y()));
        g.bezierCurveTo(
                camera.viewX(first.x()),
                camera.viewY(first.y()),
                camera.viewX(second.x()),
                camera.viewY(second.y()),
                camera.viewX(to.x()),
                camera.viewY(to.y()));
        g.stroke();
    }

    /// The edge of a box in the stroke that is set.
    void strokeBorder(Rect box, double radius) {
        g.strokeRoundRect(
                camera.viewX(box.x()),
                camera.viewY(box.y()),
                box.width() * scale(),
                box.height() * scale(),
                2 * radius * scale(),
                2 * radius * scale());
    }

    void dot(double x, double y, double radius, Color colour) {
        sprite(radius, colour, colour, 0).drawAt(x, y);
    }

    /// @param radius to the middle of the edge
    void ring(double x, double y, double radius, Color heart, Color edge, double width) {
        double thick = lineWidth(width) / scale();
        sprite(radius + thick / 2, heart, edge, thick).drawAt(x, y);
    }

    /// @param width of the edge, which lies inside
    Sprite sprite(double radius, Color heart, Color edge, double width) {
        Image disc = sprites.disc(radius * scale(), heart, edge, width * scale(), pixelDensity);
        return new Sprite(g, camera, disc, SpriteCache.imageRadius(radius * scale()));
    }

    double width(String text, Face face, double size) {
        return fonts.width(text, face, size);
    }

    /// @return how wide the text became
    double text(String text, Face face, double size, Color colour, double x, double baseline, double room) {
        String fitted = fonts.ellipsize(text, face, size, room);
        fillText(fitted, face, size, colour, TextAlignment.LEFT, x, baseline);
        return fonts.width(fitted, face, size);
    }

    void textRight(String text, Face face, double size, Color colour, double right, double baseline, double room) {
        fillText(fonts.ellipsize(text, face, size, room), face, size, colour, TextAlignment.RIGHT, right, baseline);
    }

    void textCentred(String text, Face face, double size, Color colour, Rect box) {
        String fitted = fonts.ellipsize(text, face, size, box.width() - 8);
        // Digits and capitals of both fonts are 0.73 of the size high.
        fillText(fitted, face, size, colour, TextAlignment.CENTER, box.centreX(), box.centreY() + size * 0.365);
    }

    private void fillText(
            String text, Face face, double size, Color colour, TextAlignment alignment, double x, double baseline) {
        double strength = g.getGlobalAlpha();
        g.setGlobalAlpha(1);
        g.setFill(strength < 1 ? colour("text-dimmed") : colour);
        g.setTextAlign(alignment);
        g.setTextBaseline(VPos.BASELINE);
        // Enlarged by the font and not by a transform, under which the software renderer traces the outline of each
        // letter.
        g.setFont(fonts.font(face, size * scale()));
        g.fillText(text, camera.viewX(x), camera.viewY(baseline));
        g.setGlobalAlpha(strength);
    }
}
