package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;

/// The visible part of the scene and its scale. A scene point times `scale` plus the offset is its point
/// in the view.
public record Camera(double scale, double offsetX, double offsetY) {
    public static final double MIN_SCALE = 0.04;
    public static final double MAX_SCALE = 4;
    /// One scene unit is one pixel of the view.
    static final Camera IDENTITY = new Camera(1, 0, 0);

    /// Shows a whole box with a margin, centred horizontally and aligned to the top, never enlarged.
    public static Camera fitting(Rect box, double width, double height, double margin) {
        double room = Math.min((width - 2 * margin) / box.width(), (height - 2 * margin) / box.height());
        double scale = Math.clamp(room, MIN_SCALE, 1);
        double x = (width - box.width() * scale) / 2 - box.x() * scale;
        double spare = height - box.height() * scale;
        // When the box does not fit at the smallest scale, its top is visible.
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

    /// The visible part of the scene in a view of this size.
    public Rect visibleBox(double width, double height) {
        Point corner = toScene(new Point(0, 0));
        return new Rect(corner.x(), corner.y(), width / scale, height / scale);
    }

    /// Scaled by a factor; the scene point under `at` stays there.
    public Camera zoomed(double factor, Point at) {
        double next = Math.clamp(scale * factor, MIN_SCALE, MAX_SCALE);
        Point kept = toScene(at);
        return new Camera(next, Math.rint(at.x() - kept.x() * next), Math.rint(at.y() - kept.y() * next));
    }

    public Camera panned(double dx, double dy) {
        return new Camera(scale, offsetX + dx, offsetY + dy);
    }

    /// Moved just as far as needed to show the whole box.
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
