package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import javafx.scene.paint.Color;

/// The minimap: the whole scene in a corner of the view, with a frame around the visible part.
public final class Minimap {
    private static final double MAX_SIDE = 150;
    private static final double MARGIN = 14;
    private static final double PADDING = 6;

    private Minimap() {}

    /// The bounds of the minimap in a view of this size, in the lower right corner.
    public static Rect boundsIn(SceneModel scene, double width, double height) {
        Rect bounds = scene.bounds();
        double scale = MAX_SIDE / Math.max(bounds.width(), bounds.height());
        double w = bounds.width() * scale + 2 * PADDING;
        double h = bounds.height() * scale + 2 * PADDING;
        return new Rect(width - MARGIN - w, height - MARGIN - h, w, h);
    }

    /// The camera that draws the scene into these bounds.
    public static Camera camera(SceneModel scene, Rect place) {
        double scale = (place.width() - 2 * PADDING) / scene.bounds().width();
        return new Camera(
                scale,
                place.x() + PADDING - scene.bounds().x() * scale,
                place.y() + PADDING - scene.bounds().y() * scale);
    }

    /// @param surface in pixels of the view
    /// @param visible the part of the scene that the view shows
    static void paint(DrawingSurface surface, SceneModel scene, Rect place, Rect visible) {
        Camera camera = camera(scene, place);
        surface.fillWithBorder(place, 6, surface.colour("raised"), surface.colour("panel-border"), 1);
        surface.fill(scaled(camera, scene.host().box()), 2, surface.colour("panel-border"));
        for (LaneView lane : scene.lanes()) {
            Color colour = surface.colour("raised").interpolate(surface.tint(lane.tint()), 0.4);
            for (LanePart part : lane.parts()) {
                surface.fill(scaled(camera, part.box()), 0, colour);
            }
        }
        Rect frame = scaled(camera, visible);
        double left = Math.max(frame.x(), place.x() + 2);
        double top = Math.max(frame.y(), place.y() + 2);
        double right = Math.min(frame.right(), place.right() - 2);
        double bottom = Math.min(frame.bottom(), place.bottom() - 2);
        if (right > left && bottom > top) {
            surface.outline(new Rect(left, top, right - left, bottom - top), 3, surface.colour("accent"), 1.2);
        }
    }

    private static Rect scaled(Camera camera, Rect box) {
        double scale = camera.scale();
        return new Rect(camera.viewX(box.x()), camera.viewY(box.y()), box.width() * scale, box.height() * scale);
    }
}
