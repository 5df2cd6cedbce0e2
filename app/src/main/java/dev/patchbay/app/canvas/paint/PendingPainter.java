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
    private static final double END = 48;

    private PendingPainter() {}

    static void paint(DrawContext ink, SceneModel scene, List<PendingElement> ghosts) {
        for (PendingElement ghost : ghosts) {
            switch (ghost) {
                case PendingElement.Outline around -> around(ink, scene, around.element());
                case PendingElement.Cable cable -> cable(ink, scene, cable);
                case PendingElement.NewCard card -> card(ink, scene, card);
                case PendingElement.NewLane lane -> lane(ink, scene, lane);
            }
        }
    }

    private static void around(DrawContext ink, SceneModel scene, CanvasElement element) {
        Rect place = TraversalOrder.through(scene).place(element);
        if (place != null) {
            dashed(ink, place.grown(4));
        }
    }

    private static void cable(DrawContext ink, SceneModel scene, PendingElement.Cable cable) {
        Rect card = TraversalOrder.through(scene).place(new CanvasElement.Card(cable.container()));
        LanePart lane = part(scene, cable.network());
        if (card == null || lane == null || lane.rails().isEmpty()) {
            return;
        }
        RailView rail = lane.rails().getFirst();
        Point end = new Point(rail.right() - END, rail.y());
        Point bow = new Point(end.x(), card.centreY());
        ink.stroke(ink.colour("accent"), 2.2, DASHES);
        ink.curve(new Point(card.right(), card.centreY()), bow, bow, end);
        ink.ring(end.x(), end.y(), 7, ink.colour("ground"), ink.colour("accent"), 2.5);
    }

    private static void card(DrawContext ink, SceneModel scene, PendingElement.NewCard card) {
        LanePart lane = part(scene, card.network());
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
        ink.fill(place, RADIUS, DrawContext.faded(ink.colour("card"), 0.85));
        dashed(ink, place);
        name(ink, place, card.name());
    }

    private static void lane(DrawContext ink, SceneModel scene, PendingElement.NewLane lane) {
        Rect lanes = scene.lanes().stream()
                .flatMap(view -> view.parts().stream())
                .map(LanePart::box)
                .reduce(Rect::union)
                .orElse(scene.host().box());
        Rect place = new Rect(lanes.x(), lanes.bottom() + Dimensions.GAP, lanes.width(), Dimensions.HEADER);
        dashed(ink, place);
        name(ink, place, lane.name());
    }

    private static void name(DrawContext ink, Rect place, String name) {
        ink.text(name, Face.STRONG, 13, ink.colour("text-muted"), place.x() + 14, place.y() + 24, place.width() - 28);
    }

    private static void dashed(DrawContext ink, Rect box) {
        ink.stroke(ink.colour("accent"), 1.6, DASHES);
        ink.edge(box, RADIUS);
    }

    private static @Nullable LanePart part(SceneModel scene, Id network) {
        return scene.lanes().stream()
                .filter(lane -> network.equals(lane.network()))
                .map(LaneView::parts)
                .map(List::getLast)
                .findFirst()
                .orElse(null);
    }
}
