package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.Lettering.Face;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.Ghost;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.Sizes;
import dev.patchbay.app.canvas.scene.Walk;
import dev.patchbay.app.model.Element;
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is under way, dashed over the picture of now.
final class GhostPainter {
    private static final double[] DASHES = {6, 5};
    private static final double RADIUS = 8;
    private static final double END = 48;

    private GhostPainter() {}

    static void paint(Ink ink, SceneModel scene, List<Ghost> ghosts) {
        for (Ghost ghost : ghosts) {
            switch (ghost) {
                case Ghost.Around around -> around(ink, scene, around.element());
                case Ghost.Cable cable -> cable(ink, scene, cable);
                case Ghost.NewCard card -> card(ink, scene, card);
                case Ghost.NewLane lane -> lane(ink, scene, lane);
            }
        }
    }

    private static void around(Ink ink, SceneModel scene, Element element) {
        Box place = Walk.through(scene).place(element);
        if (place != null) {
            dashed(ink, place.grown(4));
        }
    }

    private static void cable(Ink ink, SceneModel scene, Ghost.Cable cable) {
        Box card = Walk.through(scene).place(new Element.Card(cable.container()));
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

    private static void card(Ink ink, SceneModel scene, Ghost.NewCard card) {
        LanePart lane = part(scene, card.network());
        if (lane == null || lane.rails().isEmpty()) {
            return;
        }
        double top = lane.rails().getLast().y() - Sizes.RAIL + Sizes.CARD_TOP;
        double left = scene.cards().stream()
                .map(CardView::box)
                .filter(box -> lane.box().overlaps(box) && Math.abs(box.y() - top) < 1)
                .mapToDouble(box -> box.x() + 2 * Sizes.UNIT)
                .max()
                .orElse(lane.box().x() + Sizes.LANE_LEFT);
        Box place = new Box(
                Math.min(left, lane.box().right() - Sizes.CARD_WIDTH - Sizes.LANE_RIGHT),
                top,
                Sizes.CARD_WIDTH,
                Sizes.CARD_HEIGHT);
        ink.fill(place, RADIUS, Ink.faded(ink.colour("card"), 0.85));
        dashed(ink, place);
        name(ink, place, card.name());
    }

    private static void lane(Ink ink, SceneModel scene, Ghost.NewLane lane) {
        Box lanes = scene.lanes().stream()
                .flatMap(view -> view.parts().stream())
                .map(LanePart::box)
                .reduce(Box::union)
                .orElse(scene.host().box());
        Box place = new Box(lanes.x(), lanes.bottom() + Sizes.GAP, lanes.width(), Sizes.HEADER);
        dashed(ink, place);
        name(ink, place, lane.name());
    }

    private static void name(Ink ink, Box place, String name) {
        ink.text(name, Face.STRONG, 13, ink.colour("text-muted"), place.x() + 14, place.y() + 24, place.width() - 28);
    }

    private static void dashed(Ink ink, Box box) {
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
