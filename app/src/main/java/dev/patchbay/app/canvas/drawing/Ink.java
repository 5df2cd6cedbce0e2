package dev.patchbay.app.canvas.drawing;

import dev.patchbay.app.canvas.drawing.Lettering.Face;
import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.SceneModel.Tint;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.style.Palette;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;

/// A graphics context that speaks in tokens, boxes and faces, in scene units.
record Ink(
        GraphicsContext g,
        Palette palette,
        Lettering lettering,
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
        g.setFill(colour);
        g.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 2 * radius, 2 * radius);
    }

    /// A line just inside the edge of the box, so that it lies on whole pixels at zoom 1.
    void outline(Box box, double radius, Color colour, double width) {
        stroke(colour, width);
        g.strokeRoundRect(
                box.x() + width / 2,
                box.y() + width / 2,
                box.width() - width,
                box.height() - width,
                2 * radius - width,
                2 * radius - width);
    }

    /// The mark of the keyboard focus, around the box.
    void focusRing(Box box, double radius) {
        outline(box.grown(4), radius + 4, colour("focus"), Math.max(2, 1.5 / scale));
    }

    void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(Math.max(width, 0.7 / scale));
        g.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(dashes);
    }

    void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(x1, y1, x2, y2);
    }

    void dot(double x, double y, double radius, Color colour) {
        g.setFill(colour);
        g.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    void ring(double x, double y, double radius, Color heart, Color edge, double width) {
        dot(x, y, radius, heart);
        stroke(edge, width);
        g.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
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
        g.setFont(lettering.font(face, size));
        g.setTextAlign(alignment);
        g.setTextBaseline(VPos.BASELINE);
        g.fillText(text, x, baseline);
        g.setGlobalAlpha(strength);
    }
}
