package dev.patchbay.app.canvas.drawing;

import dev.patchbay.app.canvas.drawing.Lettering.Face;
import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.SceneModel.Tint;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.style.Palette;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;
import javafx.scene.transform.Affine;

/// A graphics context that speaks in tokens, boxes and faces, in scene units.
record Ink(
        GraphicsContext g,
        Palette palette,
        Lettering lettering,
        Sprites sprites,
        Emphasis emphasis,
        Detail detail,
        double scale,
        Box visible) {

    boolean sees(Box box) {
        return visible.overlaps(box.grown(12));
    }

    Color colour(String token) {
        return palette.get(token);
    }

    Color tint(Tint tint) {
        return switch (tint) {
            case Tint.OfNetwork network -> palette.get("lane-" + network.number());
            case Tint.OfDefaultBridge _ -> palette.get("lane-bridge");
            case Tint.OfNoNetwork _ -> palette.get("lane-none");
        };
    }

    static Color faded(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), colour.getOpacity() * opacity);
    }

    /// From here on, everything is dimmed when the search has not found the element. Shapes fade; words turn grey, so
    /// that they can still be read.
    void fadeUnlessFound(Element element) {
        g.setGlobalAlpha(emphasis.isDimmed(element) ? palette.tint("dimmed") : 1);
    }

    void fill(Box box, double radius, Color colour) {
        new RoundedBox(g, sprites, box, radius).fill(colour);
    }

    /// Round above, sharp below.
    void header(Box box, double radius, Color colour) {
        new RoundedBox(g, sprites, box, radius).fillAsHeader(colour);
    }

    /// A line just inside the edge of the box.
    void outline(Box box, double radius, Color colour, double width) {
        new RoundedBox(g, sprites, box, radius).outline(colour, thick(width) * scale);
    }

    /// The mark of the keyboard focus, around the box.
    void focusRing(Box box, double radius) {
        outline(box.grown(4), radius + 4, colour("focus"), Math.max(2, 1.5 / scale));
    }

    void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(thick(width));
        g.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(dashes);
    }

    /// No line is so thin that it cannot be seen.
    private double thick(double width) {
        return Math.max(width, 0.7 / scale);
    }

    void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(x1, y1, x2, y2);
    }

    /// A line down without a gap, in the stroke that is set.
    void lineDown(double x, double top, double bottom) {
        double width = g.getLineWidth();
        g.setFill(g.getStroke());
        g.fillRect(x - width / 2, top, width, bottom - top);
    }

    void dot(double x, double y, double radius, Color colour) {
        disc(x, y, radius, colour, colour, 0);
    }

    /// @param radius to the middle of the edge
    void ring(double x, double y, double radius, Color heart, Color edge, double width) {
        double thick = thick(width);
        disc(x, y, radius + thick / 2, heart, edge, thick);
    }

    private void disc(double x, double y, double radius, Color heart, Color edge, double width) {
        Stamp stamp = stamp(radius, heart, edge, width);
        inPixels(() -> stamp.at(x, y));
    }

    /// @param width of the edge, which lies inside
    Stamp stamp(double radius, Color heart, Color edge, double width) {
        PixelGrid grid = PixelGrid.of(g);
        double pixels = grid.pixels(radius);
        Image disc = sprites.disc(pixels, heart, edge, grid.pixels(width), Sprites.density(g));
        return new Stamp(g, grid, disc, Sprites.half(pixels));
    }

    /// Without the camera.
    void inPixels(Runnable drawing) {
        Affine before = g.getTransform();
        g.setTransform(1, 0, 0, 1, 0, 0);
        drawing.run();
        g.setTransform(before);
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

    void textCentred(String text, Face face, double size, Color colour, Box box) {
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
        // Enlarged by the font and not by the transform, under which the software renderer traces the outline of
        // each letter.
        Affine enlarged = g.getTransform();
        PixelGrid grid = PixelGrid.of(enlarged);
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setFont(lettering.font(face, grid.pixels(size)));
        g.fillText(text, grid.pixelX(x), grid.pixelY(baseline));
        g.setTransform(enlarged);
        g.setGlobalAlpha(strength);
    }
}
