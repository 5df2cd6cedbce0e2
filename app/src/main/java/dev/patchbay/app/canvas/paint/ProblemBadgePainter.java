package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.engine.Id;

/// An exclamation mark at the corner of an element with a problem. It keeps its size down to the middle
/// level of detail, so that it is visible from far away.
final class ProblemBadgePainter {
    private static final double RADIUS = 9;
    private static final double MAX_RADIUS = 40;

    private ProblemBadgePainter() {}

    static void paint(DrawingSurface surface, SceneModel scene) {
        if (scene.withProblems().isEmpty()) {
            return;
        }
        for (LaneView lane : scene.lanes()) {
            Id network = lane.network();
            if (network != null) {
                paint(
                        surface,
                        scene,
                        new CanvasElement.Lane(network),
                        lane.parts().getFirst().box());
            }
        }
        for (CardView card : scene.cards()) {
            paint(surface, scene, new CanvasElement.Card(card.container()), card.box());
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, SceneModel scene, CanvasElement element, Rect box) {
        if (!scene.withProblems().contains(element) || !surface.isVisible(box)) {
            return;
        }
        surface.dimUnlessHighlighted(element);
        double radius = Math.clamp(RADIUS / surface.scale(), RADIUS, MAX_RADIUS);
        double x = box.right() - RADIUS;
        surface.ring(x, box.y(), radius, surface.colour("bad"), surface.colour("ground"), radius / 4.5);
        Rect middle = new Rect(x - radius, box.y() - radius, 2 * radius, 2 * radius);
        surface.textCentred("!", Face.TITLE, radius * 1.4, surface.colour("ground"), middle);
    }
}
