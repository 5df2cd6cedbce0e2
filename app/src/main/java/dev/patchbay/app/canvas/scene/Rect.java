package dev.patchbay.app.canvas.scene;

/// A rectangle of the scene, in pixels at zoom 1.
public record Rect(double x, double y, double width, double height) {
    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    public double centreX() {
        return x + width / 2;
    }

    public double centreY() {
        return y + height / 2;
    }

    public Point centre() {
        return new Point(centreX(), centreY());
    }

    public boolean contains(Point point) {
        return point.x() >= x && point.x() <= right() && point.y() >= y && point.y() <= bottom();
    }

    /// Whether the interiors intersect; rectangles that only touch do not overlap.
    public boolean overlaps(Rect other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    /// This rectangle enlarged by the same amount on each side.
    public Rect expanded(double by) {
        return new Rect(x - by, y - by, width + 2 * by, height + 2 * by);
    }

    /// The smallest rectangle that contains both.
    public Rect union(Rect other) {
        double left = Math.min(x, other.x);
        double top = Math.min(y, other.y);
        return new Rect(left, top, Math.max(right(), other.right()) - left, Math.max(bottom(), other.bottom()) - top);
    }
}
