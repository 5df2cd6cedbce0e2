package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;

/// Which part of the scene is seen, and how large: a scene point times `scale`, plus the offset, is its place in the
/// view.
public record Camera(double scale, double offsetX, double offsetY) {
    public static final double MIN_SCALE = 0.04;
    public static final double MAX_SCALE = 4;
    /// A scene unit is a pixel of the view.
    static final Camera IDENTITY = new Camera(1, 0, 0);

    /// Shows all of a box with a margin, centred across and from the top, never enlarged.
    public static Camera fitting(Rect box, double width, double height, double margin) {
        double room = Math.min((width - 2 * margin) / box.width(), (height - 2 * margin) / box.height());
        double scale = Math.clamp(room, MIN_SCALE, 1);
        double x = (width - box.width() * scale) / 2 - box.x() * scale;
        double spare = height - box.height() * scale;
        // Without room for all of it, at the smallest scale, its top is what one sees.
        double y = Math.max(margin, Math.min(spare / 2, margin * 2)) - box.y() * scale;
        return new Camera(scale, Math.rint(x), Math.rint(y));
    }

    public Point toView(Point scene) {
        return new Point(viewX(scene.x()), viewY(scene.y()));
    }

    double viewX(double x) {
        return x * scale + offsetX;
    }

    double viewY(double y) {
        return y * scale + offsetY;
    }

    public Point toScene(Point view) {
        return new Point((view.x() - offsetX) / scale, (view.y() - offsetY) / scale);
    }

    /// The part of the scene that a view of this size shows.
    public Rect visibleBox(double width, double height) {
        Point corner = toScene(new Point(0, 0));
        return new Rect(corner.x(), corner.y(), width / scale, height / scale);
    }

    /// Larger or smaller by a factor, with the scene point under this place of the view staying there.
    public Camera zoomed(double factor, Point at) {
        double next = Math.clamp(scale * factor, MIN_SCALE, MAX_SCALE);
        Point kept = toScene(at);
        return new Camera(next, Math.rint(at.x() - kept.x() * next), Math.rint(at.y() - kept.y() * next));
    }

    public Camera panned(double dx, double dy) {
        return new Camera(scale, offsetX + dx, offsetY + dy);
    }

    /// Moved as little as needed to have all of the box in view.
    public Camera scrolledTo(Rect box, double width, double height) {
        Rect seen = visibleBox(width, height);
        double dx = shift(box.x(), box.right(), seen.x(), seen.right());
        double dy = shift(box.y(), box.bottom(), seen.y(), seen.bottom());
        return panned(Math.rint(dx * scale), Math.rint(dy * scale));
    }

    private static double shift(double low, double high, double seenLow, double seenHigh) {
        if (low < seenLow) {
            return seenLow - low;
        }
        return high > seenHigh ? Math.max(seenHigh - high, seenLow - low) : 0;
    }
}
