package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/// Paints the visible part of a scene from back to front. Belongs to the JavaFX thread.
public final class SceneRenderer {
    private static final double SVG_MARGIN = 20;

    private final FontMetricsCache fonts = new FontMetricsCache();
    private final SpriteCache sprites = new SpriteCache();
    private final DotGrid dotGrid = new DotGrid();

    public void paint(
            GraphicsContext g,
            SceneModel scene,
            Camera camera,
            Palette palette,
            FrameState frame,
            double width,
            double height) {
        g.save();
        g.setGlobalAlpha(1);
        g.setFill(palette.colour("ground"));
        g.fillRect(0, 0, width, height);
        dotGrid.paint(g, camera, palette.colour("ground-dot"), width, height);
        CanvasSurface surface =
                surface(g, palette, frame.highlights(), LevelOfDetail.forScale(camera.scale()), camera, width, height);
        paintScene(surface, scene, frame);
        g.restore();
    }

    /// The whole scene as an SVG document. Needs no JavaFX.
    public static String toSvg(SceneModel scene, Palette palette) {
        SvgSurface surface = new SvgSurface(
                palette, scene.bounds().expanded(SVG_MARGIN), scene.host().name());
        paintScene(surface, scene, FrameState.idle(surface.highlights()));
        return surface.finish();
    }

    private static void paintScene(DrawingSurface surface, SceneModel scene, FrameState frame) {
        HostPainter.paint(surface, scene.host());
        LanePainter.paint(surface, scene);
        SharedNetworkPainter.paintLinks(surface, scene);
        CardPainter.paintCards(surface, scene);
        CablePainter.paint(surface, scene, frame);
        LanePainter.paintPlugs(surface, scene, frame.traffic());
        SharedNetworkPainter.paintWords(surface, scene);
        CardPainter.paintPins(surface, scene);
        HostPainter.paintJacks(surface, scene.host());
        ProblemBadgePainter.paint(surface, scene);
        PendingPainter.paint(surface, scene, frame.pending());
    }

    /// Paints the path of a packet over the current frame.
    public void paintPath(
            GraphicsContext g, PathOverlay overlay, Camera camera, Palette palette, double width, double height) {
        g.save();
        PathOverlayPainter.paint(overlaySurface(g, palette, camera, width, height), overlay);
        g.restore();
    }

    /// Paints a drag over the current frame.
    public void paintDrag(
            GraphicsContext g,
            SceneLayout layout,
            Camera camera,
            Palette palette,
            DragState drag,
            @Nullable DragTooltip note,
            double width,
            double height) {
        CanvasSurface surface = overlaySurface(g, palette, camera, width, height);
        g.save();
        DragPainter.paint(surface, layout, drag, note);
        if (note != null) {
            DragPainter.paintTooltip(surface.inViewPixels(), note, camera.toView(drag.position()), width, height);
        }
        g.restore();
    }

    /// Paints the minimap: lanes as blocks, and a frame around the visible part.
    ///
    /// @param box its bounds in the view, see [Minimap#boundsIn]
    /// @param visible the part of the scene that the view shows
    public void paintMinimap(GraphicsContext g, SceneModel scene, Palette palette, Rect box, Rect visible) {
        g.save();
        Minimap.paint(overlaySurface(g, palette, Camera.IDENTITY, box.right(), box.bottom()), scene, box, visible);
        g.restore();
    }

    /// Overlays are drawn in full detail at every zoom level.
    private CanvasSurface overlaySurface(
            GraphicsContext g, Palette palette, Camera camera, double width, double height) {
        return surface(g, palette, HighlightedElements.none(), LevelOfDetail.NEAR, camera, width, height);
    }

    private CanvasSurface surface(
            GraphicsContext g,
            Palette palette,
            HighlightedElements highlights,
            LevelOfDetail detail,
            Camera camera,
            double width,
            double height) {
        Rect visible = camera.visibleBox(width, height);
        return new CanvasSurface(
                g, palette, fonts, sprites, highlights, detail, camera, visible, SpriteCache.pixelDensity(g));
    }
}
