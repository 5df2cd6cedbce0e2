package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.PathOverlay;
import dev.patchbay.app.canvas.paint.PathOverlayLayout;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.reachability.TracedPath;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/// Paints one frame: the scene, pending changes, the drag and the minimap.
final class CanvasPainter {
    private final SceneRenderer renderer = new SceneRenderer();
    private Palette palette = Palette.of(Theme.DARK);
    private @Nullable TracedPath path;

    void setTheme(Theme theme) {
        palette = Palette.of(theme);
    }

    /// Sets the path of a packet, which is painted over everything else while the rest is dimmed.
    void setPath(@Nullable TracedPath path) {
        this.path = path;
    }

    /// @param frame the frame without the drag; the drag dims what cannot take it
    void paint(
            GraphicsContext g,
            CanvasState.Snapshot shown,
            Viewport viewport,
            FrameState frame,
            DragController dragging) {
        PathOverlay overlay = path == null ? null : PathOverlayLayout.of(path, shown.scene());
        Camera camera = viewport.camera();
        DragState drag = dragging.state();
        renderer.paint(
                g,
                shown.scene(),
                camera,
                palette,
                drag != null
                        ? frame.withTargets(drag.targets())
                        : overlay == null ? frame : frame.withTargets(overlay.elements()),
                viewport.width(),
                viewport.height());
        if (overlay != null) {
            renderer.paintPath(g, overlay, camera, palette, viewport.width(), viewport.height());
        }
        if (drag != null) {
            renderer.paintDrag(
                    g, shown.layout(), camera, palette, drag, dragging.tooltip(), viewport.width(), viewport.height());
        }
        Rect minimap = viewport.minimap();
        if (minimap != null) {
            renderer.paintMinimap(g, shown.scene(), palette, minimap, viewport.visibleBox());
        }
    }
}
