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
/// @param density pixels of the screen on one of the view, see [SpriteCache#density]
record DrawContext(
        GraphicsContext g,
        Palette palette,
        FontMetricsCache lettering,
        SpriteCache sprites,
        Emphasis emphasis,
        LevelOfDetail detail,
        Camera camera,
        Rect visible,
        int density) {
    /// How far a thing may be drawn outside of its box.
    private static final double OUTSIDE = 12;

    /// The same, in pixels of the view.
    DrawContext still() {
        return new DrawContext(g, palette, lettering, sprites, emphasis, detail, Camera.STILL, visible, density);
    }

    double scale() {
        return camera.scale();
    }

    boolean sees(Rect box) {
        return sees(box.x(), box.y(), box.right(), box.bottom());
    }

    /// Whether the box round a route is in view.
    boolean sees(List<Point> route) {
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
        return sees(left, top, right, bottom);
    }

    // Plain comparisons and loops: everything passes here with every frame.

    private boolean sees(double left, double top, double right, double bottom) {
        return left - OUTSIDE < visible.right()
                && visible.x() < right + OUTSIDE
                && top - OUTSIDE < visible.bottom()
                && visible.y() < bottom + OUTSIDE;
    }

    Color colour(String token) {
        return palette.get(token);
    }

    Color tint(Tint tint) {
        return switch (tint) {
            case Tint.OfNetwork network -> palette.lane(network.number());
            case Tint.OfDefaultBridge _ -> palette.get("lane-bridge");
            case Tint.OfNoNetwork _ -> palette.get("lane-none");
        };
    }

    static Color faded(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), colour.getOpacity() * opacity);
    }

    /// From here on, everything is dimmed when the search has not found the element. Shapes fade; words turn grey, so
    /// that they can still be read.
    void fadeUnlessFound(CanvasElement element) {
        g.setGlobalAlpha(emphasis.isDimmed(element) ? palette.tint("dimmed") : 1);
    }

    void fill(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fill(colour);
    }

    /// Round above, sharp below.
    void header(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fillAsHeader(colour);
    }

    /// A line just inside the edge of the box.
    void outline(Rect box, double radius, Color colour, double width) {
        new RoundedBox(this, box, radius).outline(colour, pixels(width));
    }

    /// Filled, with a line just inside its edge.
    void framed(Rect box, double radius, Color heart, Color edge, double width) {
        new RoundedBox(this, box, radius).framed(heart, edge, pixels(width));
    }

    /// The mark of the keyboard focus, around the box.
    void focusRing(Rect box, double radius) {
        outline(box.grown(4), radius + 4, colour("focus"), Math.max(2, 1.5 / scale()));
    }

    /// For what is drawn until the next time; whole without dashes.
    ///
    /// @param dashes lengths of lines and gaps by turns
    void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(pixels(width));
        g.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(Arrays.stream(dashes).map(dash -> dash * scale()).toArray());
    }

    /// How thick a line becomes: none is so thin that it cannot be seen.
    private double pixels(double width) {
        return Math.max(width * scale(), 0.7);
    }

    /// Likewise, without a pixel that it covers in part.
    int wholePixels(double width) {
        return Math.max(1, (int) Math.rint(width * scale()));
    }

    void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(camera.viewX(x1), camera.viewY(y1), camera.viewX(x2), camera.viewY(y2));
    }

    /// A line down without a gap.
    void lineDown(double x, double top, double bottom, Color colour, double width) {
        int thick = wholePixels(width);
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
    void edge(Rect box, double radius) {
        g.strokeRoundRect(
                camera.viewX(box.x()),
                camera.viewY(box.y()),
                box.width() * scale(),
                box.height() * scale(),
                2 * radius * scale(),
                2 * radius * scale());
    }

    void dot(double x, double y, double radius, Color colour) {
        stamp(radius, colour, colour, 0).at(x, y);
    }

    /// @param radius to the middle of the edge
    void ring(double x, double y, double radius, Color heart, Color edge, double width) {
        double thick = pixels(width) / scale();
        stamp(radius + thick / 2, heart, edge, thick).at(x, y);
    }

    /// @param width of the edge, which lies inside
    Sprite stamp(double radius, Color heart, Color edge, double width) {
        Image disc = sprites.disc(radius * scale(), heart, edge, width * scale(), density);
        return new Sprite(g, camera, disc, SpriteCache.half(radius * scale()));
    }

    double width(String text, Face face, double size) {
        return lettering.width(text, face, size);
    }

    /// @return how wide the text became
    double text(String text, Face face, double size, Color colour, double x, double baseline, double room) {
        String fitted = lettering.fitted(text, face, size, room);
        write(fitted, face, size, colour, TextAlignment.LEFT, x, baseline);
        return lettering.width(fitted, face, size);
    }

    void textRight(String text, Face face, double size, Color colour, double right, double baseline, double room) {
        write(lettering.fitted(text, face, size, room), face, size, colour, TextAlignment.RIGHT, right, baseline);
    }

    void textCentred(String text, Face face, double size, Color colour, Rect box) {
        String fitted = lettering.fitted(text, face, size, box.width() - 8);
        // Digits and capitals of both fonts are 0.73 of the size high.
        write(fitted, face, size, colour, TextAlignment.CENTER, box.centreX(), box.centreY() + size * 0.365);
    }

    private void write(
            String text, Face face, double size, Color colour, TextAlignment alignment, double x, double baseline) {
        double strength = g.getGlobalAlpha();
        g.setGlobalAlpha(1);
        g.setFill(strength < 1 ? colour("text-dimmed") : colour);
        g.setTextAlign(alignment);
        g.setTextBaseline(VPos.BASELINE);
        // Enlarged by the font and not by a transform, under which the software renderer traces the outline of each
        // letter.
        g.setFont(lettering.font(face, size * scale()));
        g.fillText(text, camera.viewX(x), camera.viewY(baseline));
        g.setGlobalAlpha(strength);
    }
}
