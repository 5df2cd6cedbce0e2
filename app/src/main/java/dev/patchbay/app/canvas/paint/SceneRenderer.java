package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.drag.Aim;
import dev.patchbay.app.canvas.drag.Note;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/// Paints a scene from back to front, only what the camera sees. Belongs to the JavaFX thread.
public final class SceneRenderer {
    private final Lettering lettering = new Lettering();
    private final Sprites sprites = new Sprites();
    private final DotGrid dots = new DotGrid();

    public void paint(
            GraphicsContext g,
            SceneModel scene,
            Camera camera,
            Palette palette,
            Moment moment,
            double width,
            double height) {
        g.save();
        g.setGlobalAlpha(1);
        g.setFill(palette.get("ground"));
        g.fillRect(0, 0, width, height);
        dots.paint(g, camera, palette.get("ground-dot"), width, height);
        Ink ink = ink(g, palette, moment.emphasis(), Detail.at(camera.scale()), camera, width, height);
        HostPainter.paint(ink, scene.host());
        LanePainter.paint(ink, scene);
        CardPainter.paintCards(ink, scene);
        CablePainter.paint(ink, scene, moment);
        LanePainter.paintPlugs(ink, scene, moment.traffic());
        CardPainter.paintPins(ink, scene);
        HostPainter.paintJacks(ink, scene.host());
        BadgePainter.paint(ink, scene);
        GhostPainter.paint(ink, scene, moment.ghosts());
        g.restore();
    }

    /// The way of a packet over the picture that was painted last.
    public void paintRibbon(
            GraphicsContext g, Ribbon ribbon, Camera camera, Palette palette, double width, double height) {
        g.save();
        RibbonPainter.paint(overlay(g, palette, camera, width, height), ribbon);
        g.restore();
    }

    /// A drag over the picture that was painted last.
    public void paintDrag(
            GraphicsContext g,
            SceneLayout layout,
            Camera camera,
            Palette palette,
            Aim aim,
            @Nullable Note note,
            double width,
            double height) {
        Ink ink = overlay(g, palette, camera, width, height);
        g.save();
        DragPainter.paint(ink, layout, aim, note);
        if (note != null) {
            DragPainter.note(ink.still(), note, camera.toView(aim.at()), width, height);
        }
        g.restore();
    }

    /// The small overview: lanes as blocks, and a frame round what the camera sees.
    ///
    /// @param box where it stands in the view, see [Overview#place]
    /// @param visible the part of the scene that the view shows
    public void paintOverview(GraphicsContext g, SceneModel scene, Palette palette, Box box, Box visible) {
        g.save();
        Overview.paint(overlay(g, palette, Camera.STILL, box.right(), box.bottom()), scene, box, visible);
        g.restore();
    }

    /// What lies over the picture is drawn with all detail from everywhere.
    private Ink overlay(GraphicsContext g, Palette palette, Camera camera, double width, double height) {
        return ink(g, palette, Emphasis.none(), Detail.NEAR, camera, width, height);
    }

    private Ink ink(
            GraphicsContext g,
            Palette palette,
            Emphasis emphasis,
            Detail detail,
            Camera camera,
            double width,
            double height) {
        Box visible = camera.visible(width, height);
        return new Ink(g, palette, lettering, sprites, emphasis, detail, camera, visible, Sprites.density(g));
    }
}
