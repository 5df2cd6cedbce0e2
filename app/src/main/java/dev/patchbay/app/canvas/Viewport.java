package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.Minimap;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import org.jspecify.annotations.Nullable;

/// The visible part of the scene: all of it until the person zooms or pans.
final class Viewport {
    private static final int MINIMAP_MIN_CARDS = 30;

    private Camera camera = new Camera(1, 0, 0);
    private boolean fitted = true;
    private double width;
    private double height;
    private @Nullable SceneModel scene;

    Camera camera() {
        return camera;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /// Sets the next scene; a fitted view stays fitted.
    void setScene(@Nullable SceneModel next) {
        scene = next;
        if (fitted) {
            fit();
        }
    }

    void resize(double wide, double high) {
        width = wide;
        height = high;
        if (fitted) {
            fit();
        }
    }

    void fit() {
        fitted = true;
        if (scene != null && width > 0 && height > 0) {
            camera = Camera.fitting(scene.bounds(), width, height, Dimensions.MARGIN);
        }
    }

    void zoom(double factor, Point at) {
        fitted = false;
        camera = camera.zoomed(factor, at);
    }

    void pan(double dx, double dy) {
        fitted = false;
        camera = camera.panned(dx, dy);
    }

    void scrollTo(Rect place) {
        Camera moved = camera.scrolledTo(place.expanded(16), width, height);
        fitted = fitted && moved.equals(camera);
        camera = moved;
    }

    /// The bounds of a box of the scene in the view.
    Bounds boundsOf(Rect box) {
        Point corner = camera.toView(new Point(box.x(), box.y()));
        return new BoundingBox(corner.x(), corner.y(), box.width() * camera.scale(), box.height() * camera.scale());
    }

    Rect visibleBox() {
        return camera.visibleBox(width, height);
    }

    /// Allows for rounding: a camera that fits stands on whole pixels.
    private boolean isFullyVisible(Rect box) {
        Rect visible = visibleBox().expanded(1 / camera.scale());
        return visible.x() <= box.x()
                && visible.y() <= box.y()
                && visible.right() >= box.right()
                && visible.bottom() >= box.bottom();
    }

    /// The bounds of the minimap; null when it is hidden, for example because the whole scene is
    /// visible.
    @Nullable
    Rect minimap() {
        return scene == null || scene.cards().size() < MINIMAP_MIN_CARDS || isFullyVisible(scene.bounds())
                ? null
                : Minimap.boundsIn(scene, width, height);
    }

    /// Centres the view on the scene point at this point of the minimap.
    void centreOnMinimapPoint(Point inOverview) {
        Rect place = minimap();
        if (scene != null && place != null) {
            Point target = Minimap.camera(scene, place).toScene(inOverview);
            Point now = camera.toView(target);
            pan(Math.rint(width / 2 - now.x()), Math.rint(height / 2 - now.y()));
        }
    }
}
