package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.style.Face;
import java.util.List;
import javafx.scene.paint.Color;

/// The path of a packet: a broad translucent band with arrows, and a mark at its end whose shape shows
/// what happened to the packet.
final class PathOverlayPainter {
    private static final double BAND_WIDTH = 11;
    private static final double ARROW_SIZE = 5;
    /// Distance between two arrows.
    private static final double ARROW_PITCH = 90;
    private static final double MARK_RADIUS = 11;

    private PathOverlayPainter() {}

    static void paint(CanvasSurface surface, PathOverlay overlay) {
        Color colour = surface.colour(overlay.blocked() == null ? "warning" : overlay.blocked() ? "bad" : "good");
        surface.setOpacity(1);
        for (List<Point> line : overlay.lines()) {
            surface.stroke(DrawingSurface.withOpacity(colour, 0.3), BAND_WIDTH);
            new CableLine(surface, line, BAND_WIDTH, 0).strokePath();
        }
        for (List<Point> line : overlay.lines()) {
            drawArrows(surface, line, colour);
        }
        Point end = overlay.end();
        if (end != null) {
            drawMark(surface, end, colour, overlay);
        }
    }

    private static void drawArrows(CanvasSurface surface, List<Point> line, Color colour) {
        for (int i = 0; i + 1 < line.size(); i++) {
            Point from = line.get(i);
            Point to = line.get(i + 1);
            double length = from.distance(to);
            int count = (int) Math.round(length / ARROW_PITCH);
            if (length < 4 * ARROW_SIZE) {
                continue;
            }
            for (int n = 0; n < Math.max(1, count); n++) {
                double share = (n + 0.5) / Math.max(1, count);
                drawArrow(surface, from, to, length, share, colour);
            }
        }
    }

    private static void drawArrow(
            CanvasSurface surface, Point from, Point to, double length, double share, Color colour) {
        double ux = (to.x() - from.x()) / length;
        double uy = (to.y() - from.y()) / length;
        double x = from.x() + ux * length * share;
        double y = from.y() + uy * length * share;
        surface.stroke(colour, 2);
        surface.line(x - ux * ARROW_SIZE - uy * ARROW_SIZE, y - uy * ARROW_SIZE + ux * ARROW_SIZE, x, y);
        surface.line(x - ux * ARROW_SIZE + uy * ARROW_SIZE, y - uy * ARROW_SIZE - ux * ARROW_SIZE, x, y);
    }

    /// A tick, a cross or a question mark.
    private static void drawMark(CanvasSurface surface, Point at, Color colour, PathOverlay overlay) {
        double x = at.x();
        double y = at.y();
        surface.ring(x, y, MARK_RADIUS, surface.colour("ground"), colour, 2.5);
        surface.stroke(colour, 2.5);
        if (overlay.blocked() == null) {
            surface.textCentred(
                    "?",
                    Face.TITLE,
                    14,
                    colour,
                    new Rect(x - MARK_RADIUS, y - MARK_RADIUS, 2 * MARK_RADIUS, 2 * MARK_RADIUS));
        } else if (overlay.blocked()) {
            surface.line(x - 4, y - 4, x + 4, y + 4);
            surface.line(x - 4, y + 4, x + 4, y - 4);
        } else {
            surface.line(x - 5, y, x - 1.5, y + 4);
            surface.line(x - 1.5, y + 4, x + 5, y - 4);
        }
    }
}
