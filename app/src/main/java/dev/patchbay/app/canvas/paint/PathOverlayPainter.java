package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import java.util.List;
import javafx.scene.paint.Color;

/// The way of a packet: a broad translucent band with arrows along it, and at its end a mark that says by its shape
/// what became of the packet.
final class PathOverlayPainter {
    private static final double BREADTH = 11;
    private static final double ARROW = 5;
    /// Between two arrows.
    private static final double STEP = 90;
    private static final double MARK = 11;

    private PathOverlayPainter() {}

    static void paint(DrawContext ink, PathOverlay ribbon) {
        Color colour = ink.colour(ribbon.stopped() == null ? "warning" : ribbon.stopped() ? "bad" : "good");
        ink.g().setGlobalAlpha(1);
        for (List<Point> strand : ribbon.strands()) {
            ink.stroke(DrawContext.faded(colour, 0.3), BREADTH);
            new CableLine(ink, strand, BREADTH, 0).trace();
        }
        for (List<Point> strand : ribbon.strands()) {
            arrows(ink, strand, colour);
        }
        Point end = ribbon.end();
        if (end != null) {
            mark(ink, end, colour, ribbon);
        }
    }

    private static void arrows(DrawContext ink, List<Point> strand, Color colour) {
        for (int i = 0; i + 1 < strand.size(); i++) {
            Point from = strand.get(i);
            Point to = strand.get(i + 1);
            double length = from.distance(to);
            int count = (int) Math.round(length / STEP);
            if (length < 4 * ARROW) {
                continue;
            }
            for (int n = 0; n < Math.max(1, count); n++) {
                double share = (n + 0.5) / Math.max(1, count);
                arrow(ink, from, to, length, share, colour);
            }
        }
    }

    private static void arrow(DrawContext ink, Point from, Point to, double length, double share, Color colour) {
        double ux = (to.x() - from.x()) / length;
        double uy = (to.y() - from.y()) / length;
        double x = from.x() + ux * length * share;
        double y = from.y() + uy * length * share;
        ink.stroke(colour, 2);
        ink.line(x - ux * ARROW - uy * ARROW, y - uy * ARROW + ux * ARROW, x, y);
        ink.line(x - ux * ARROW + uy * ARROW, y - uy * ARROW - ux * ARROW, x, y);
    }

    /// A tick, a cross or a question mark.
    private static void mark(DrawContext ink, Point at, Color colour, PathOverlay ribbon) {
        double x = at.x();
        double y = at.y();
        ink.ring(x, y, MARK, ink.colour("ground"), colour, 2.5);
        ink.stroke(colour, 2.5);
        if (ribbon.stopped() == null) {
            ink.textCentred(
                    "?", FontMetricsCache.Face.TITLE, 14, colour, new Rect(x - MARK, y - MARK, 2 * MARK, 2 * MARK));
        } else if (ribbon.stopped()) {
            ink.line(x - 4, y - 4, x + 4, y + 4);
            ink.line(x - 4, y + 4, x + 4, y - 4);
        } else {
            ink.line(x - 5, y, x - 1.5, y + 4);
            ink.line(x - 1.5, y + 4, x + 5, y - 4);
        }
    }
}
