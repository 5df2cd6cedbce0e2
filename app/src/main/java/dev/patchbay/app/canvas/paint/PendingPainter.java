package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
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
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is under way, dashed over the picture of now.
final class PendingPainter {
    private static final double[] DASHES = {6, 5};
    private static final double RADIUS = 8;
    private static final double END_INSET = 48;

    private PendingPainter() {}

    static void paint(DrawContext ink, SceneModel scene, List<PendingElement> ghosts) {
        for (PendingElement ghost : ghosts) {
            switch (ghost) {
                case PendingElement.Outline around -> paintOutline(ink, scene, around.element());
                case PendingElement.Cable cable -> paintCable(ink, scene, cable);
                case PendingElement.NewCard card -> paintCard(ink, scene, card);
                case PendingElement.NewLane lane -> paintLane(ink, scene, lane);
            }
        }
    }

    private static void paintOutline(DrawContext ink, SceneModel scene, CanvasElement element) {
        Rect place = TraversalOrder.of(scene).boundsOf(element);
        if (place != null) {
            paintDashed(ink, place.expanded(4));
        }
    }

    private static void paintCable(DrawContext ink, SceneModel scene, PendingElement.Cable cable) {
        Rect card = TraversalOrder.of(scene).boundsOf(new CanvasElement.Card(cable.container()));
        LanePart lane = lastPart(scene, cable.network());
        if (card == null || lane == null || lane.rails().isEmpty()) {
            return;
        }
        RailView rail = lane.rails().getFirst();
        Point end = new Point(rail.right() - END_INSET, rail.y());
        Point bow = new Point(end.x(), card.centreY());
        ink.stroke(ink.colour("accent"), 2.2, DASHES);
        ink.curve(new Point(card.right(), card.centreY()), bow, bow, end);
        ink.ring(end.x(), end.y(), 7, ink.colour("ground"), ink.colour("accent"), 2.5);
    }

    private static void paintCard(DrawContext ink, SceneModel scene, PendingElement.NewCard card) {
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
        ink.fill(place, RADIUS, DrawContext.withOpacity(ink.colour("card"), 0.85));
        paintDashed(ink, place);
        paintName(ink, place, card.name());
    }

    private static void paintLane(DrawContext ink, SceneModel scene, PendingElement.NewLane lane) {
        Rect lanes = scene.lanes().stream()
                .flatMap(view -> view.parts().stream())
                .map(LanePart::box)
                .reduce(Rect::union)
                .orElse(scene.host().box());
        Rect place = new Rect(lanes.x(), lanes.bottom() + Dimensions.GAP, lanes.width(), Dimensions.HEADER);
        paintDashed(ink, place);
        paintName(ink, place, lane.name());
    }

    private static void paintName(DrawContext ink, Rect place, String name) {
        ink.text(name, Face.STRONG, 13, ink.colour("text-muted"), place.x() + 14, place.y() + 24, place.width() - 28);
    }

    private static void paintDashed(DrawContext ink, Rect box) {
        ink.stroke(ink.colour("accent"), 1.6, DASHES);
        ink.strokeBorder(box, RADIUS);
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
