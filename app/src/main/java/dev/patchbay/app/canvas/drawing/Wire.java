package dev.patchbay.app.canvas.drawing;

import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;

/// The line of a cable, with rounded corners. A whole one is drawn in parts, straight ones as rectangles, for the
/// reason that [RoundedBox] gives; a dashed one goes on as it is.
final class Wire {
    private static final double BEND = 14;

    private final GraphicsContext g;
    private final List<Point> route;
    private final Box visible;
    private final PixelGrid grid;
    private final boolean whole;
    private final double thick;
    /// Where the path that is not drawn yet begins, and where it has got to.
    private Point from;

    private Point at;

    private Wire(GraphicsContext g, List<Point> route, Box visible, boolean whole) {
        this.g = g;
        this.visible = visible;
        this.route = route;
        this.grid = PixelGrid.of(g);
        this.whole = whole;
        this.thick = g.getLineWidth();
        this.from = route.getFirst();
        this.at = from;
    }

    /// In the stroke that is set.
    ///
    /// @param visible nothing needs to be drawn outside
    static void draw(GraphicsContext g, List<Point> route, Box visible) {
        double[] dashes = g.getLineDashes();
        boolean whole = dashes == null || dashes.length == 0;
        if (whole) {
            g.setFill(g.getStroke());
            g.setLineCap(StrokeLineCap.BUTT);
        }
        new Wire(g, route, visible, whole).draw();
    }

    private void draw() {
        g.beginPath();
        g.moveTo(at.x(), at.y());
        for (int i = 1; i + 1 < route.size(); i++) {
            Point corner = route.get(i);
            Point next = route.get(i + 1);
            if (i + 2 < route.size() && isJog(route.subList(i - 1, i + 3))) {
                jog(corner, next);
                i++;
                continue;
            }
            double before = corner.distance(route.get(i - 1)) / (i == 1 ? 1 : 2);
            double after = corner.distance(next) / (i + 2 == route.size() ? 1 : 2);
            bend(corner, next, Math.min(BEND, Math.min(before, after)));
        }
        Point end = route.getLast();
        straight(end);
        g.lineTo(end.x(), end.y());
        stroke(end);
    }

    private void bend(Point corner, Point next, double radius) {
        straight(towards(corner, at, radius));
        g.arcTo(corner.x(), corner.y(), next.x(), next.y(), radius);
        at = towards(corner, next, radius);
    }

    /// A short step aside between two long pieces across: two tight bends would look like a dent.
    private static boolean isJog(List<Point> corners) {
        Point from = corners.get(1);
        Point to = corners.get(2);
        return from.x() == to.x()
                && Math.abs(from.y() - to.y()) < BEND
                && corners.get(0).distance(from) > BEND
                && corners.get(3).distance(to) > BEND;
    }

    private void jog(Point from, Point to) {
        straight(new Point(from.x() - BEND, from.y()));
        g.lineTo(from.x() - BEND, from.y());
        at = new Point(to.x() + BEND, to.y());
        g.bezierCurveTo(from.x(), from.y(), to.x(), to.y(), at.x(), at.y());
    }

    private static Point towards(Point from, Point to, double distance) {
        double all = from.distance(to);
        double part = all == 0 ? 0 : distance / all;
        return new Point(from.x() + part * (to.x() - from.x()), from.y() + part * (to.y() - from.y()));
    }

    /// Draws the way to here as a rectangle between two pixels' edges, and ends and begins the bends there.
    private void straight(Point to) {
        if (!whole) {
            return;
        }
        if (at.y() == to.y()) {
            double left = grid.rightOf(Math.min(at.x(), to.x()));
            double right = grid.leftOf(Math.max(at.x(), to.x()));
            if (left < right) {
                boolean forth = at.x() < to.x();
                part(new Point(forth ? left : right, at.y()), new Point(forth ? right : left, at.y()));
                rectangle(new Box(left, at.y() - thick / 2, right - left, thick));
            }
        } else if (at.x() == to.x()) {
            double top = grid.below(Math.min(at.y(), to.y()));
            double bottom = grid.above(Math.max(at.y(), to.y()));
            if (top < bottom) {
                boolean down = at.y() < to.y();
                part(new Point(at.x(), down ? top : bottom), new Point(at.x(), down ? bottom : top));
                rectangle(new Box(at.x() - thick / 2, top, thick, bottom - top));
            }
        }
    }

    private void rectangle(Box box) {
        if (visible.overlaps(box)) {
            g.fillRect(box.x(), box.y(), box.width(), box.height());
        }
    }

    private void part(Point end, Point next) {
        g.lineTo(end.x(), end.y());
        stroke(end);
        g.beginPath();
        g.moveTo(next.x(), next.y());
        from = next;
    }

    /// Most bends of most cables are elsewhere.
    private void stroke(Point end) {
        if (!whole || visible.overlaps(Box.around(from, end).grown(2 * BEND))) {
            g.stroke();
        }
    }
}
