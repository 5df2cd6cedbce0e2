package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/// Paints a scene from back to front, only what the camera sees. Belongs to the JavaFX thread.
public final class SceneRenderer {
    private final FontMetricsCache fonts = new FontMetricsCache();
    private final SpriteCache sprites = new SpriteCache();
    private final DotGrid dotGrid = new DotGrid();

    public void paint(
            GraphicsContext g,
            SceneModel scene,
            Camera camera,
            Palette palette,
            FrameState moment,
            double width,
            double height) {
        g.save();
        g.setGlobalAlpha(1);
        g.setFill(palette.colour("ground"));
        g.fillRect(0, 0, width, height);
        dotGrid.paint(g, camera, palette.colour("ground-dot"), width, height);
        DrawContext ink = drawContext(
                g, palette, moment.emphasis(), LevelOfDetail.forScale(camera.scale()), camera, width, height);
        HostPainter.paint(ink, scene.host());
        LanePainter.paint(ink, scene);
        CardPainter.paintCards(ink, scene);
        CablePainter.paint(ink, scene, moment);
        LanePainter.paintPlugs(ink, scene, moment.traffic());
        CardPainter.paintPins(ink, scene);
        HostPainter.paintJacks(ink, scene.host());
        ProblemBadgePainter.paint(ink, scene);
        PendingPainter.paint(ink, scene, moment.pending());
        g.restore();
    }

    /// The way of a packet over the picture that was painted last.
    public void paintPath(
            GraphicsContext g, PathOverlay ribbon, Camera camera, Palette palette, double width, double height) {
        g.save();
        PathOverlayPainter.paint(overlayContext(g, palette, camera, width, height), ribbon);
        g.restore();
    }

    /// A drag over the picture that was painted last.
    public void paintDrag(
            GraphicsContext g,
            SceneLayout layout,
            Camera camera,
            Palette palette,
            DragState aim,
            @Nullable DragTooltip note,
            double width,
            double height) {
        DrawContext ink = overlayContext(g, palette, camera, width, height);
        g.save();
        DragPainter.paint(ink, layout, aim, note);
        if (note != null) {
            DragPainter.paintTooltip(ink.inViewPixels(), note, camera.toView(aim.position()), width, height);
        }
        g.restore();
    }

    /// The small overview: lanes as blocks, and a frame round what the camera sees.
    ///
    /// @param box where it stands in the view, see [Minimap#boundsIn]
    /// @param visible the part of the scene that the view shows
    public void paintMinimap(GraphicsContext g, SceneModel scene, Palette palette, Rect box, Rect visible) {
        g.save();
        Minimap.paint(overlayContext(g, palette, Camera.IDENTITY, box.right(), box.bottom()), scene, box, visible);
        g.restore();
    }

    /// What lies over the picture is drawn with all detail from everywhere.
    private DrawContext overlayContext(GraphicsContext g, Palette palette, Camera camera, double width, double height) {
        return drawContext(g, palette, Emphasis.none(), LevelOfDetail.NEAR, camera, width, height);
    }

    private DrawContext drawContext(
            GraphicsContext g,
            Palette palette,
            Emphasis emphasis,
            LevelOfDetail detail,
            Camera camera,
            double width,
            double height) {
        Rect visible = camera.visibleBox(width, height);
        return new DrawContext(
                g, palette, fonts, sprites, emphasis, detail, camera, visible, SpriteCache.pixelDensity(g));
    }
}
