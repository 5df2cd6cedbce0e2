package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.PendingElement;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The elements of pending changes, dashed over the scene.
final class PendingPainter {
    private static final double[] DASHES = {6, 5};
    private static final double RADIUS = 8;
    private static final double END_INSET = 48;

    private PendingPainter() {}

    static void paint(DrawingSurface surface, SceneModel scene, List<PendingElement> ghosts) {
        for (PendingElement ghost : ghosts) {
            switch (ghost) {
                case PendingElement.Outline around -> paintOutline(surface, scene, around.element());
                case PendingElement.Cable cable -> paintCable(surface, scene, cable);
                case PendingElement.NewCard card -> paintCard(surface, scene, card);
                case PendingElement.NewLane lane -> paintLane(surface, scene, lane);
            }
        }
    }

    private static void paintOutline(DrawingSurface surface, SceneModel scene, CanvasElement element) {
        Rect place = TraversalOrder.of(scene).boundsOf(element);
        if (place != null) {
            paintDashed(surface, place.expanded(4));
        }
    }

    private static void paintCable(DrawingSurface surface, SceneModel scene, PendingElement.Cable cable) {
        Rect card = TraversalOrder.of(scene).boundsOf(new CanvasElement.Card(cable.container()));
        LanePart lane = lastPart(scene, cable.network());
        if (card == null || lane == null || lane.rails().isEmpty()) {
            return;
        }
        RailView rail = lane.rails().getFirst();
        Point end = new Point(rail.right() - END_INSET, rail.y());
        Point bow = new Point(end.x(), card.centreY());
        surface.stroke(surface.colour("accent"), 2.2, DASHES);
        surface.curve(new Point(card.right(), card.centreY()), bow, bow, end);
        surface.ring(end.x(), end.y(), 7, surface.colour("ground"), surface.colour("accent"), 2.5);
    }

    private static void paintCard(DrawingSurface surface, SceneModel scene, PendingElement.NewCard card) {
        LanePart lane = lastPart(scene, card.network());
        if (lane == null || lane.rails().isEmpty()) {
            return;
        }
        double top = lane.rails().getLast().y() - Dimensions.RAIL + Dimensions.CARD_TOP;
        double left = scene.cards().stream()
                .map(CardView::box)
                .filter(box -> lane.box().overlaps(box) && Math.abs(box.y() - top) < 1)
                .mapToDouble(box -> box.x() + 2 * Dimensions.UNIT)
                .max()
                .orElse(lane.box().x() + Dimensions.LANE_LEFT);
        Rect place = new Rect(
                Math.min(left, lane.box().right() - Dimensions.CARD_WIDTH - Dimensions.LANE_RIGHT),
                top,
                Dimensions.CARD_WIDTH,
                Dimensions.CARD_HEIGHT);
        surface.fill(place, RADIUS, DrawingSurface.withOpacity(surface.colour("card"), 0.85));
        paintDashed(surface, place);
        paintName(surface, place, card.name());
    }

    private static void paintLane(DrawingSurface surface, SceneModel scene, PendingElement.NewLane lane) {
        Rect lanes = scene.lanes().stream()
                .flatMap(view -> view.parts().stream())
                .map(LanePart::box)
                .reduce(Rect::union)
                .orElse(scene.host().box());
        Rect place = new Rect(lanes.x(), lanes.bottom() + Dimensions.GAP, lanes.width(), Dimensions.HEADER);
        paintDashed(surface, place);
        paintName(surface, place, lane.name());
    }

    private static void paintName(DrawingSurface surface, Rect place, String name) {
        surface.text(
                name,
                Face.STRONG,
                13,
                surface.colour("text-muted"),
                place.x() + 14,
                place.y() + 24,
                place.width() - 28);
    }

    private static void paintDashed(DrawingSurface surface, Rect box) {
        surface.stroke(surface.colour("accent"), 1.6, DASHES);
        surface.strokeBorder(box, RADIUS);
    }

    private static @Nullable LanePart lastPart(SceneModel scene, Id network) {
        return scene.lanes().stream()
                .filter(lane -> network.equals(lane.network()))
                .map(LaneView::parts)
                .map(List::getLast)
                .findFirst()
                .orElse(null);
    }
}
