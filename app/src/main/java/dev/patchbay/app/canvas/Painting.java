package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.Aim;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.Moment;
import dev.patchbay.app.canvas.paint.Ribbon;
import dev.patchbay.app.canvas.paint.RibbonLayout;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.reachability.TracedPath;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/// Puts a moment on the canvas: scene, what is under way, the drag, the minimap.
final class Painting {
    private final SceneRenderer renderer = new SceneRenderer();
    private Palette palette = Palette.of(Theme.DARK);
    private @Nullable TracedPath path;

    void wear(Theme theme) {
        palette = Palette.of(theme);
    }

    /// A packet's way is painted over everything else, which steps back.
    void follow(@Nullable TracedPath way) {
        path = way;
    }

    /// @param moment as it is without a drag, which dims what cannot take it
    void paint(GraphicsContext g, Standing.Shown shown, Viewport viewport, Moment moment, Dragging dragging) {
        Ribbon ribbon = path == null ? null : RibbonLayout.of(path, shown.scene());
        Camera camera = viewport.camera();
        Aim aim = dragging.aim();
        renderer.paint(
                g,
                shown.scene(),
                camera,
                palette,
                aim != null
                        ? moment.during(aim.accepting())
                        : ribbon == null ? moment : moment.during(ribbon.elements()),
                viewport.width(),
                viewport.height());
        if (ribbon != null) {
            renderer.paintRibbon(g, ribbon, camera, palette, viewport.width(), viewport.height());
        }
        if (aim != null) {
            renderer.paintDrag(
                    g, shown.layout(), camera, palette, aim, dragging.note(), viewport.width(), viewport.height());
        }
        Box minimap = viewport.overview();
        if (minimap != null) {
            renderer.paintOverview(g, shown.scene(), palette, minimap, viewport.visible());
        }
    }
}
