package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import org.jspecify.annotations.Nullable;

/// The line of a cable on whole pixels: rectangles, and a quarter of a ring in each bend; [RoundedBox]
/// gives the reason. `ys` has the upper edges of horizontal segments, `xs` the left edges of vertical
/// ones.
final class CableLine {
    static final double BEND_RADIUS = 22;

    private final CanvasSurface surface;
    private final GraphicsContext g;
    private final List<Point> route;
    private final int thickness;
    private final int[] xs;
    private final int[] ys;
    /// Inner radius of the bend at each corner.
    private final int[] bendRadii;
    private final int visibleRight;
    private final int visibleBottom;
    private @Nullable Image ringImage;
    private int ringRadius;

    /// @param route at least two points; horizontal and vertical segments alternate
    /// @param width in scene units
    /// @param more pixels to add at every scale
    CableLine(CanvasSurface surface, List<Point> route, double width, int more) {
        this.surface = surface;
        this.g = surface.g();
        this.route = route;
        this.thickness = surface.roundedLineWidth(width) + more;
        Camera camera = surface.camera();
        this.xs = new int[route.size()];
        this.ys = new int[route.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = (int) Math.rint(camera.viewX(route.get(i).x()) - thickness / 2.0);
            ys[i] = (int) Math.rint(camera.viewY(route.get(i).y()) - thickness / 2.0);
        }
        this.bendRadii = bendRadii();
        this.visibleRight = (int) Math.ceil(camera.viewX(surface.visible().right()));
        this.visibleBottom = (int) Math.ceil(camera.viewY(surface.visible().bottom()));
    }

    /// Each radius is as large as both neighbouring segments allow.
    private int[] bendRadii() {
        int[] bends = new int[xs.length];
        int largest = (int) Math.rint(BEND_RADIUS * surface.scale() - thickness / 2.0);
        for (int i = 1; i + 1 < bends.length; i++) {
            int before = isJog(i - 1) ? largest : lengthBetweenCorners(i - 1) / (i == 1 ? 1 : 2);
            int after = isJog(i) ? largest : lengthBetweenCorners(i) / (i + 2 == bends.length ? 1 : 2);
            bends[i] = Math.max(0, Math.min(largest, Math.min(before, after)));
        }
        return bends;
    }

    /// Whether a short segment lies between two parallel ones; two tight bends would look like a dent.
    private boolean isJog(int piece) {
        if (piece < 1 || piece + 2 >= xs.length || isHorizontal(piece)) {
            return false;
        }
        Point from = route.get(piece);
        Point to = route.get(piece + 1);
        double before = from.x() - route.get(piece - 1).x();
        double after = route.get(piece + 2).x() - to.x();
        return Math.abs(from.y() - to.y()) < BEND_RADIUS
                && before * after > 0
                && Math.min(Math.abs(before), Math.abs(after)) > BEND_RADIUS;
    }

    /// The length of a segment without the bends at its ends.
    private int lengthBetweenCorners(int piece) {
        return Math.abs(xs[piece + 1] - xs[piece]) + Math.abs(ys[piece + 1] - ys[piece]) - thickness;
    }

    /// @param margin in pixels, on both sides
    void draw(Color colour, int margin) {
        ringImage = null;
        g.setFill(colour);
        for (int i = 0; i + 1 < xs.length; i++) {
            if (isJog(i)) {
                drawJog(i, colour, margin);
                continue;
            }
            if (isHorizontal(i)) {
                drawHorizontal(i, margin);
            } else {
                drawVertical(i, margin);
            }
            if (i > 0 && !isJog(i - 1)) {
                drawBend(i, colour, margin);
            }
        }
    }

    private boolean isHorizontal(int piece) {
        return route.get(piece).y() == route.get(piece + 1).y();
    }

    private void drawHorizontal(int piece, int margin) {
        boolean right = route.get(piece).x() < route.get(piece + 1).x();
        int from = right ? piece : piece + 1;
        int to = right ? piece + 1 : piece;
        int left = isEnd(from) ? pixelX(from) : xs[from] + thickness + bendRadii[from];
        int end = isEnd(to) ? pixelX(to) : xs[to] - bendRadii[to];
        fillRectangle(left, ys[piece] - margin, end - left, thickness + 2 * margin);
    }

    private void drawVertical(int piece, int margin) {
        boolean down = route.get(piece).y() < route.get(piece + 1).y();
        int from = down ? piece : piece + 1;
        int to = down ? piece + 1 : piece;
        int top = isEnd(from) ? pixelY(from) : ys[from] + thickness + bendRadii[from];
        int end = isEnd(to) ? pixelY(to) : ys[to] - bendRadii[to];
        fillRectangle(xs[piece] - margin, top, thickness + 2 * margin, end - top);
    }

    private void drawJog(int piece, Color colour, int margin) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        int left = right ? jogStartX(piece) : jogEndX(piece);
        int end = right ? jogEndX(piece) : jogStartX(piece);
        if (isVisible(
                left,
                Math.min(ys[piece], ys[piece + 1]),
                end - left,
                Math.abs(ys[piece + 1] - ys[piece]) + thickness)) {
            g.setStroke(colour);
            g.setLineWidth(thickness + 2.0 * margin);
            g.setLineCap(StrokeLineCap.BUTT);
            g.setLineDashes();
            g.beginPath();
            g.moveTo(jogStartX(piece), middleY(piece));
            addJogCurve(piece);
            g.stroke();
        }
    }

    private void addJogCurve(int jog) {
        double end = middleY(jog + 1);
        g.bezierCurveTo(middleX(jog), middleY(jog), middleX(jog + 1), end, jogEndX(jog), end);
    }

    private int jogStartX(int piece) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        return right ? xs[piece] - bendRadii[piece] : xs[piece] + thickness + bendRadii[piece];
    }

    private int jogEndX(int piece) {
        boolean right = route.get(piece - 1).x() < route.get(piece).x();
        return right ? xs[piece + 1] + thickness + bendRadii[piece + 1] : xs[piece + 1] - bendRadii[piece + 1];
    }

    private double middleX(int point) {
        return xs[point] + thickness / 2.0;
    }

    private double middleY(int point) {
        return ys[point] + thickness / 2.0;
    }

    /// Draws the route as one path with the current stroke, for dashed and for slanted lines.
    void strokePath() {
        int last = xs.length - 1;
        g.beginPath();
        g.moveTo(middleX(0), middleY(0));
        for (int i = 1; i < last; i++) {
            if (isJog(i)) {
                g.lineTo(jogStartX(i), middleY(i));
                addJogCurve(i);
                i++;
            } else {
                g.arcTo(middleX(i), middleY(i), middleX(i + 1), middleY(i + 1), bendRadii[i] + thickness / 2.0);
            }
        }
        g.lineTo(middleX(last), middleY(last));
        g.stroke();
    }

    private boolean isEnd(int point) {
        return point == 0 || point == xs.length - 1;
    }

    private int pixelX(int point) {
        return (int) Math.rint(surface.camera().viewX(route.get(point).x()));
    }

    private int pixelY(int point) {
        return (int) Math.rint(surface.camera().viewY(route.get(point).y()));
    }

    private void fillRectangle(int left, int top, int width, int height) {
        if (width > 0 && height > 0 && isVisible(left, top, width, height)) {
            g.fillRect(left, top, width, height);
        }
    }

    /// Skips invisible segments, since most of a long cable is outside the view.
    private boolean isVisible(int left, int top, int width, int height) {
        return left < visibleRight && left + width > 0 && top < visibleBottom && top + height > 0;
    }

    private void drawBend(int corner, Color colour, int margin) {
        boolean across = isHorizontal(corner);
        Point side = route.get(across ? corner + 1 : corner - 1);
        Point end = route.get(across ? corner - 1 : corner + 1);
        boolean fromRight = side.x() > route.get(corner).x();
        boolean fromBelow = end.y() > route.get(corner).y();
        int radius = thickness + bendRadii[corner] + margin;
        int left = fromRight ? xs[corner] - margin : xs[corner] + thickness + margin - radius;
        int top = fromBelow ? ys[corner] - margin : ys[corner] + thickness + margin - radius;
        if (isVisible(left, top, radius, radius)) {
            Image image = ringImage(radius, colour, margin);
            double half = image.getWidth() / 2;
            g.drawImage(image, fromRight ? 0 : half, fromBelow ? 0 : half, half, half, left, top, radius, radius);
        }
    }

    /// Cached for the last radius, because most bends of a cable have the same one.
    private Image ringImage(int radius, Color colour, int margin) {
        Image there = ringImage;
        if (there == null || ringRadius != radius) {
            there = surface.sprites()
                    .disc(radius, Color.TRANSPARENT, colour, thickness + 2 * margin, surface.pixelDensity());
            ringImage = there;
            ringRadius = radius;
        }
        return there;
    }
}
