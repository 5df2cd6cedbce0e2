package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The routes of cables. With few containers each route is the shortest with few bends. With many, where
/// no person follows a single cable, a fixed route along the corridors is used without a search.
final class CableRoutes {
    static final double GUTTER = Dimensions.HOST_WIDTH + 6 + (Dimensions.GUTTER - 6) / 2;
    private static final int SEARCH_LIMIT = 80;

    private final HostView host;
    private final List<LaneView> lanes;
    private final List<CardView> cards;
    private final List<PlugView> plugs;
    private final Set<Double> narrow;
    private final Corridors corridors;
    private @Nullable CableRouter router;

    CableRoutes(HostView host, List<LaneView> lanes, List<CardView> cards, List<PlugView> plugs) {
        this.host = host;
        this.lanes = lanes;
        this.cards = cards;
        this.plugs = plugs;
        List<LanePart> parts =
                lanes.stream().flatMap(lane -> lane.parts().stream()).toList();
        corridors = new Corridors(parts.stream().map(LanePart::box).toList());
        narrow = parts.stream()
                .flatMap(part -> part.rails().stream())
                .map(rail -> rail.y() - Dimensions.OVER_RAIL)
                .collect(Collectors.toSet());
    }

    /// Whether this is the height of a corridor between a lane's header and a rail.
    boolean isNarrow(double y) {
        return narrow.contains(y);
    }

    /// From the gutter at this height to the channel below a card.
    ///
    /// @param lane the box that contains the card
    List<Point> toPin(double y, Rect lane, Point turn) {
        List<Point> usual = cards.size() > SEARCH_LIMIT ? corridors.fromGutter(y, lane, turn) : List.of();
        return usual.isEmpty() ? route(new Point(GUTTER, y), turn) : usual;
    }

    /// From the channel below a card to the height above a rail of another lane.
    List<Point> toPlug(Rect here, Point from, Rect there, Point to) {
        List<Point> usual = cards.size() > SEARCH_LIMIT ? corridors.between(here, from, there, to) : List.of();
        return usual.isEmpty() ? route(from, to) : usual;
    }

    /// From the right side of one box of a lane to the left side of another, at the height of their
    /// rails.
    List<Point> toPart(Rect here, Point from, Rect there, Point to) {
        List<Point> usual = cards.size() > SEARCH_LIMIT ? corridors.joinParts(here, from, there, to) : List.of();
        return usual.isEmpty() ? route(from, to) : usual;
    }

    private List<Point> route(Point from, Point to) {
        CableRouter ready = router;
        if (ready == null) {
            ready = buildRouter();
            router = ready;
        }
        return ready.route(from, to);
    }

    private CableRouter buildRouter() {
        List<Rect> obstacles = new ArrayList<>(List.of(host.box().expanded(4)));
        cards.forEach(card -> obstacles.add(card.box().expanded(3)));
        plugs.forEach(plug -> obstacles.add(plug.pill().expanded(2)));
        List<Rect> regions = new ArrayList<>();
        List<Rect> rails = new ArrayList<>();
        TreeSet<Double> xs = new TreeSet<>(List.of(GUTTER));
        TreeSet<Double> ys = new TreeSet<>(narrow);
        for (LaneView lane : lanes) {
            for (LanePart part : lane.parts()) {
                obstacles.add(part.title().expanded(5));
                obstacles.add(part.detail().expanded(5));
                Rect box = part.box();
                regions.add(box);
                if (box.x() > Dimensions.HOST_WIDTH + Dimensions.GUTTER + 1) {
                    xs.add(box.x() - Dimensions.GAP / 2);
                }
                xs.add(box.right() + Dimensions.GAP / 2);
                ys.add(box.y() - Dimensions.GAP / 2);
                ys.add(box.bottom() + Dimensions.GAP / 2);
                for (RailView rail : part.rails()) {
                    rails.add(new Rect(rail.left(), rail.y(), rail.right() - rail.left(), 0));
                }
            }
        }
        cards.forEach(card -> ys.add(card.box().bottom() + Dimensions.CHANNEL));
        return new CableRouter(obstacles, regions, rails, xs, ys);
    }
}
