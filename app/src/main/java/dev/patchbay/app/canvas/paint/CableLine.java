package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import org.jspecify.annotations.Nullable;

/// The line of a cable on whole pixels: rectangles, and a quarter of a ring in each bend, for the reason that
/// [RoundedBox] gives. Pieces across have their upper edge at `ys`, pieces down their left one at `xs`.
final class CableLine {
    private static final double BEND = 22;

    private final DrawContext ink;
    private final GraphicsContext g;
    private final List<Point> route;
    private final int thick;
    private final int[] xs;
    private final int[] ys;
    /// Inner radius of the bend at each corner.
    private final int[] bends;
    private final int seenRight;
    private final int seenBottom;
    private @Nullable Image ring;
    private int ringRadius;

    /// @param route of at least two points, across and down by turns
    /// @param width in scene units
    /// @param more pixels, whatever the zoom
    CableLine(DrawContext ink, List<Point> route, double width, int more) {
        this.ink = ink;
        this.g = ink.g();
        this.route = route;
        this.thick = ink.wholePixels(width) + more;
        Camera camera = ink.camera();
        this.xs = new int[route.size()];
        this.ys = new int[route.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = (int) Math.rint(camera.viewX(route.get(i).x()) - thick / 2.0);
            ys[i] = (int) Math.rint(camera.viewY(route.get(i).y()) - thick / 2.0);
        }
        this.bends = bends();
        this.seenRight = (int) Math.ceil(camera.viewX(ink.visible().right()));
        this.seenBottom = (int) Math.ceil(camera.viewY(ink.visible().bottom()));
    }

    /// As large as the pieces on both sides leave room for.
    private int[] bends() {
        int[] bends = new int[xs.length];
        int largest = (int) Math.rint(BEND * ink.scale() - thick / 2.0);
        for (int i = 1; i + 1 < bends.length; i++) {
            int before = isJog(i - 1) ? largest : room(i - 1) / (i == 1 ? 1 : 2);
            int after = isJog(i) ? largest : room(i) / (i + 2 == bends.length ? 1 : 2);
            bends[i] = Math.max(0, Math.min(largest, Math.min(before, after)));
        }
        return bends;
    }

    /// A short step aside between two long pieces across: two tight bends would look like a dent.
    private boolean isJog(int piece) {
        if (piece < 1 || piece + 2 >= xs.length || isAcross(piece)) {
            return false;
        }
        Point from = route.get(piece);
        Point to = route.get(piece + 1);
        double before = from.x() - route.get(piece - 1).x();
        double after = route.get(piece + 2).x() - to.x();
        return Math.abs(from.y() - to.y()) < BEND
                && before * after > 0
                && Math.min(Math.abs(before), Math.abs(after)) > BEND;
    }

    /// What is left of a piece between the corners at its ends.
    private int room(int piece) {
        return Math.abs(xs[piece + 1] - xs[piece]) + Math.abs(ys[piece + 1] - ys[piece]) - thick;
    }

    /// @param margin in pixels, on both sides
    void draw(Color colour, int margin) {
        ring = null;
        g.setFill(colour);
        for (int i = 0; i + 1 < xs.length; i++) {
            if (isJog(i)) {
                jog(i, colour, margin);
                continue;
            }
            if (isAcross(i)) {
                across(i, margin);
            } else {
                down(i, margin);
            }
            if (i > 0 && !isJog(i - 1)) {
                bend(i, colour, margin);
            }
        }
    }

    private boolean isAcross(int piece) {
        return route.get(piece).y() == route.get(piece + 1).y();
    }

    private void across(int piece, int margin) {
        boolean right = route.get(piece).x() < route.get(piece + 1).x();
        int from = right ? piece : piece + 1;
        int to = right ? piece + 1 : piece;
        int left = isEnd(from) ? pixelX(from) : xs[from] + thick + bends[from];
        int end = isEnd(to) ? pixelX(to) : xs[to] - bends[to];
        rectangle(left, ys[piece] - margin, end - left, thick + 2 * margin);
    }

    private void down(int piece, int margin) {
        boolean down = route.get(piece).y() < route.get(piece + 1).y();
        int from = down ? piece : piece + 1;
        int to = down ? piece + 1 : piece;
        int top = isEnd(from) ? pixelY(from) : ys[from] + thick + bends[from];
        int end = isEnd(to) ? pixelY(to) : ys[to] - bends[to];
        rectangle(xs[piece] - margin, top, thick + 2 * margin, end - top);
    }

    private void jog(int piece, Color colour, int margin) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        int left = right ? beforeJog(piece) : afterJog(piece);
        int end = right ? afterJog(piece) : beforeJog(piece);
        if (isSeen(left, Math.min(ys[piece], ys[piece + 1]), end - left, Math.abs(ys[piece + 1] - ys[piece]) + thick)) {
            g.setStroke(colour);
            g.setLineWidth(thick + 2.0 * margin);
            g.setLineCap(StrokeLineCap.BUTT);
            g.setLineDashes();
            g.beginPath();
            g.moveTo(beforeJog(piece), middleY(piece));
            curve(piece);
            g.stroke();
        }
    }

    private void curve(int jog) {
        double end = middleY(jog + 1);
        g.bezierCurveTo(middleX(jog), middleY(jog), middleX(jog + 1), end, afterJog(jog), end);
    }

    private int beforeJog(int piece) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        return right ? xs[piece] - bends[piece] : xs[piece] + thick + bends[piece];
    }

    private int afterJog(int piece) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        return right ? xs[piece + 1] + thick + bends[piece + 1] : xs[piece + 1] - bends[piece + 1];
    }

    private double middleX(int point) {
        return xs[point] + thick / 2.0;
    }

    private double middleY(int point) {
        return ys[point] + thick / 2.0;
    }

    /// In one piece, in the stroke that is set: for what is dashed, or goes any way.
    void trace() {
        int last = xs.length - 1;
        g.beginPath();
        g.moveTo(middleX(0), middleY(0));
        for (int i = 1; i < last; i++) {
            if (isJog(i)) {
                g.lineTo(beforeJog(i), middleY(i));
                curve(i);
                i++;
            } else {
                g.arcTo(middleX(i), middleY(i), middleX(i + 1), middleY(i + 1), bends[i] + thick / 2.0);
            }
        }
        g.lineTo(middleX(last), middleY(last));
        g.stroke();
    }

    private boolean isEnd(int point) {
        return point == 0 || point == xs.length - 1;
    }

    private int pixelX(int point) {
        return (int) Math.rint(ink.camera().viewX(route.get(point).x()));
    }

    private int pixelY(int point) {
        return (int) Math.rint(ink.camera().viewY(route.get(point).y()));
    }

    private void rectangle(int left, int top, int width, int height) {
        if (width > 0 && height > 0 && isSeen(left, top, width, height)) {
            g.fillRect(left, top, width, height);
        }
    }

    /// Most of most cables is elsewhere.
    private boolean isSeen(int left, int top, int width, int height) {
        return left < seenRight && left + width > 0 && top < seenBottom && top + height > 0;
    }

    private void bend(int corner, Color colour, int margin) {
        boolean across = isAcross(corner);
        Point side = route.get(across ? corner + 1 : corner - 1);
        Point end = route.get(across ? corner - 1 : corner + 1);
        boolean fromRight = side.x() > route.get(corner).x();
        boolean fromBelow = end.y() > route.get(corner).y();
        int radius = thick + bends[corner] + margin;
        int left = fromRight ? xs[corner] - margin : xs[corner] + thick + margin - radius;
        int top = fromBelow ? ys[corner] - margin : ys[corner] + thick + margin - radius;
        if (isSeen(left, top, radius, radius)) {
            Image image = ring(radius, colour, margin);
            double half = image.getWidth() / 2;
            g.drawImage(image, fromRight ? 0 : half, fromBelow ? 0 : half, half, half, left, top, radius, radius);
        }
    }

    /// Most bends of a cable are equal.
    private Image ring(int radius, Color colour, int margin) {
        Image there = ring;
        if (there == null || ringRadius != radius) {
            there = ink.sprites().disc(radius, Color.TRANSPARENT, colour, thick + 2 * margin, ink.density());
            ring = there;
            ringRadius = radius;
        }
        return there;
    }
}
