package dev.patchbay.app.canvas.scene;

/// A point of the scene, in pixels at zoom 1.
public record Point(double x, double y) {
    public double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /// The distance of this point from a line segment.
    public double distanceToSegment(Point from, Point to) {
        double dx = to.x - from.x;
        double dy = to.y - from.y;
        double square = dx * dx + dy * dy;
        double along = square == 0 ? 0 : Math.clamp(((x - from.x) * dx + (y - from.y) * dy) / square, 0, 1);
        return distance(new Point(from.x + along * dx, from.y + along * dy));
    }
}
