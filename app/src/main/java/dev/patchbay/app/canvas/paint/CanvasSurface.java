package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.style.Face;
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
import org.jspecify.annotations.Nullable;

/// Draws on a canvas in pixels of the view, without a transform, because setting one for each shape
/// takes longer than drawing it.
///
/// @param pixelDensity screen pixels for one pixel of the view, see [SpriteCache#pixelDensity]
record CanvasSurface(
        GraphicsContext g,
        Palette palette,
        FontMetricsCache fonts,
        SpriteCache sprites,
        HighlightedElements highlights,
        LevelOfDetail detail,
        Camera camera,
        Rect visible,
        int pixelDensity)
        implements DrawingSurface {
    /// The same canvas with coordinates in pixels of the view.
    CanvasSurface inViewPixels() {
        return new CanvasSurface(
                g, palette, fonts, sprites, highlights, detail, Camera.IDENTITY, visible, pixelDensity);
    }

    @Override
    public double scale() {
        return camera.scale();
    }

    @Override
    public void setOpacity(double opacity) {
        g.setGlobalAlpha(opacity);
    }

    @Override
    public void fill(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fill(colour);
    }

    @Override
    public void fillHeader(Rect box, double radius, Color colour) {
        new RoundedBox(this, box, radius).fillAsHeader(colour);
    }

    @Override
    public void outline(Rect box, double radius, Color colour, double width) {
        new RoundedBox(this, box, radius).outline(colour, lineWidth(width));
    }

    @Override
    public void fillWithBorder(Rect box, double radius, Color fill, Color border, double width) {
        new RoundedBox(this, box, radius).fillWithBorder(fill, border, lineWidth(width));
    }

    @Override
    public void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(lineWidth(width));
        g.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(Arrays.stream(dashes).map(dash -> dash * scale()).toArray());
    }

    /// As [#lineWidth], rounded to whole pixels.
    int roundedLineWidth(double width) {
        return Math.max(1, (int) Math.rint(width * scale()));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(camera.viewX(x1), camera.viewY(y1), camera.viewX(x2), camera.viewY(y2));
    }

    @Override
    public void verticalLine(double x, double top, double bottom, Color colour, double width) {
        int thick = roundedLineWidth(width);
        double from = Math.rint(camera.viewY(top));
        g.setFill(colour);
        g.fillRect(Math.rint(camera.viewX(x) - thick / 2.0), from, thick, Math.rint(camera.viewY(bottom)) - from);
    }

    @Override
    public void curve(Point from, Point first, Point second, Point to) {
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

    @Override
    public void strokeBorder(Rect box, double radius) {
        g.strokeRoundRect(
                camera.viewX(box.x()),
                camera.viewY(box.y()),
                box.width() * scale(),
                box.height() * scale(),
                2 * radius * scale(),
                2 * radius * scale());
    }

    @Override
    public void cable(
            List<Point> route, double width, int extraPixels, Color colour, @Nullable Color edge, double... dashes) {
        CableLine line = new CableLine(this, route, width, extraPixels);
        if (edge != null) {
            line.draw(edge, roundedLineWidth(CABLE_EDGE_WIDTH));
        }
        if (dashes.length == 0) {
            line.draw(colour, 0);
        } else {
            stroke(colour, width, dashes);
            line.strokePath();
        }
    }

    @Override
    public Disc disc(double radius, Color fill, Color border, double width) {
        Image image = sprites.disc(radius * scale(), fill, border, width * scale(), pixelDensity);
        int half = SpriteCache.imageRadius(radius * scale());
        double size = 2.0 * half;
        return (x, y) ->
                g.drawImage(image, Math.rint(camera.viewX(x)) - half, Math.rint(camera.viewY(y)) - half, size, size);
    }

    @Override
    public double width(String text, Face face, double size) {
        return fonts.width(text, face, size);
    }

    @Override
    public void fillText(
            String text, Face face, double size, Color colour, TextAlignment alignment, double x, double baseline) {
        double opacity = g.getGlobalAlpha();
        g.setGlobalAlpha(1);
        g.setFill(opacity < 1 ? colour("text-dimmed") : colour);
        g.setTextAlign(alignment);
        g.setTextBaseline(VPos.BASELINE);
        // Scales the font instead of using a transform, with which the software renderer draws the
        // outline of each letter.
        g.setFont(fonts.font(face, size * scale()));
        g.fillText(text, camera.viewX(x), camera.viewY(baseline));
        g.setGlobalAlpha(opacity);
    }
}
