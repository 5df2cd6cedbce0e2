package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.SceneModel.CableKind;
import dev.patchbay.app.canvas.layout.SceneModel.CableView;
import dev.patchbay.app.canvas.layout.SceneModel.CardView;
import dev.patchbay.app.canvas.layout.SceneModel.HostView;
import dev.patchbay.app.canvas.layout.SceneModel.JackView;
import dev.patchbay.app.canvas.layout.SceneModel.LanePart;
import dev.patchbay.app.canvas.layout.SceneModel.LaneView;
import dev.patchbay.app.canvas.layout.SceneModel.PlugView;
import dev.patchbay.app.canvas.layout.SceneModel.RailView;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.app.canvas.routing.Router;
import dev.patchbay.app.canvas.routing.Tracks;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.ExposedPort;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Leads the cables: first each on its own way, then side by side where they share one.
final class CableLayout {
    private static final double GUTTER = Sizes.HOST_WIDTH + 6 + (Sizes.GUTTER - 6) / 2;
    private static final double TRACK = 6;

    private final Topology topology;
    private final HostView host;
    private final List<LaneView> lanes;
    private final Map<Id, CardView> cards;
    private final List<PlugView> plugs;
    private final Router router;
    private final TreeSet<Double> narrow = new TreeSet<>();
    private final Map<Box, Integer> cablesAtPin = new HashMap<>();
    private final Map<Id, Integer> exits = new HashMap<>();
    private final List<CableView> cables = new ArrayList<>();

    private CableLayout(
            Topology topology, HostView host, List<LaneView> lanes, List<CardView> cards, List<PlugView> plugs) {
        this.topology = topology;
        this.host = host;
        this.lanes = lanes;
        this.cards = cards.stream().collect(Collectors.toMap(CardView::container, Function.identity()));
        this.plugs = plugs;
        this.router = router(cards);
    }

    static List<CableView> cables(
            Topology topology, HostView host, List<LaneView> lanes, List<CardView> cards, List<PlugView> plugs) {
        CableLayout layout = new CableLayout(topology, host, lanes, cards, plugs);
        layout.leadPorts();
        layout.leadAttachments();
        layout.leadTrunks();
        return layout.sideBySide();
    }

    private Router router(List<CardView> all) {
        List<Box> obstacles = new ArrayList<>(List.of(host.box().grown(4)));
        all.forEach(card -> obstacles.add(card.box().grown(3)));
        plugs.forEach(plug -> obstacles.add(plug.pill().grown(2)));
        List<Box> regions = new ArrayList<>();
        List<Box> rails = new ArrayList<>();
        TreeSet<Double> xs = new TreeSet<>(List.of(GUTTER));
        TreeSet<Double> ys = new TreeSet<>();
        for (LaneView lane : lanes) {
            for (LanePart part : lane.parts()) {
                obstacles.add(part.title().grown(5));
                obstacles.add(part.detail().grown(5));
                Box box = part.box();
                regions.add(box);
                if (box.x() > Sizes.HOST_WIDTH + Sizes.GUTTER + 1) {
                    xs.add(box.x() - Sizes.GAP / 2);
                }
                xs.add(box.right() + Sizes.GAP / 2);
                ys.add(box.y() - Sizes.GAP / 2);
                ys.add(box.bottom() + Sizes.GAP / 2);
                for (RailView rail : part.rails()) {
                    rails.add(new Box(rail.left(), rail.y(), rail.right() - rail.left(), 0));
                    ys.add(rail.y() - Sizes.OVER_RAIL);
                    narrow.add(rail.y() - Sizes.OVER_RAIL);
                }
            }
        }
        all.forEach(card -> ys.add(card.box().bottom() + Sizes.CHANNEL));
        return new Router(obstacles, regions, rails, xs, ys);
    }

    private void leadPorts() {
        Map<Element, JackView> jacks =
                host.jacks().stream().collect(Collectors.toMap(JackView::element, Function.identity()));
        for (Container container : topology.containers()) {
            CardView card = cards.get(container.id());
            for (PortBinding binding : container.ports()) {
                JackView jack = jacks.get(new Element.HostPort(binding.id()));
                if (card == null || jack == null) {
                    continue;
                }
                Box pin = CardLayout.pinBox(
                        card, new ExposedPort(binding.containerPorts().first(), binding.protocol()));
                double x = pin.centreX() + aside(cablesAtPin.merge(pin, 1, Integer::sum));
                Point turn = new Point(x, card.box().bottom() + Sizes.CHANNEL);
                List<Point> route = new ArrayList<>(List.of(jack.jack()));
                route.addAll(router.route(new Point(GUTTER, jack.jack().y()), turn));
                route.add(new Point(x, pin.bottom()));
                cables.add(new CableView(
                        new Element.PortCable(binding.id()),
                        CableKind.PUBLISHED,
                        Networks.of(topology, binding),
                        container.id(),
                        jack.tint(),
                        binding.inForce(),
                        simple(route)));
            }
        }
    }

    private void leadAttachments() {
        for (PlugView plug : plugs) {
            CardView card = cards.get(plug.container());
            if (plug.cardTop() != null || card == null) {
                continue;
            }
            int exit = exits.merge(plug.container(), 1, Integer::sum);
            double x = card.box().right() - 8 - 8 * Math.min(exit, 12);
            List<Point> route = new ArrayList<>(List.of(new Point(x, card.box().bottom())));
            route.addAll(router.route(
                    new Point(x, card.box().bottom() + Sizes.CHANNEL),
                    new Point(plug.at().x(), plug.at().y() - Sizes.OVER_RAIL)));
            route.add(plug.at());
            Container container = topology.container(plug.container());
            cables.add(new CableView(
                    new Element.AttachmentCable(plug.container(), plug.network()),
                    CableKind.ATTACHMENT,
                    plug.network(),
                    plug.container(),
                    plug.tint(),
                    plug.attached() || container == null || !container.running(),
                    simple(route)));
        }
    }

    private void leadTrunks() {
        for (LaneView lane : lanes) {
            if (lane.network() == null) {
                continue;
            }
            for (int i = 1; i < lane.parts().size(); i++) {
                RailView from = lane.parts().get(i - 1).rails().getFirst();
                RailView to = lane.parts().get(i).rails().getFirst();
                double out = lane.parts().get(i - 1).box().right() + Sizes.GAP / 2;
                double in = Math.max(GUTTER, lane.parts().get(i).box().x() - Sizes.GAP / 2);
                List<Point> route = new ArrayList<>(List.of(new Point(from.right(), from.y())));
                route.addAll(router.route(new Point(out, from.y()), new Point(in, to.y())));
                route.add(new Point(to.left(), to.y()));
                cables.add(new CableView(
                        new Element.Rail(lane.network()),
                        CableKind.TRUNK,
                        lane.network(),
                        null,
                        lane.tint(),
                        true,
                        simple(route)));
            }
        }
    }

    private List<CableView> sideBySide() {
        List<List<Point>> routes = Tracks.spread(
                cables.stream().map(CableView::route).toList(),
                TRACK,
                y -> narrow.contains(y) ? 8 : 14,
                x -> x == GUTTER ? Sizes.GUTTER - 22 : 14);
        List<CableView> result = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            CableView cable = cables.get(i);
            result.add(new CableView(
                    cable.element(),
                    cable.kind(),
                    cable.network(),
                    cable.container(),
                    cable.tint(),
                    cable.solid(),
                    routes.get(i)));
        }
        return result;
    }

    /// The first cable ends in the middle, further ones to the right and left of it.
    private static double aside(int nth) {
        int steps = nth / 2;
        return (nth % 2 == 0 ? TRACK : -TRACK) * steps;
    }

    /// Without corners that lie on a straight line, so that pieces alternate between across and down.
    private static List<Point> simple(List<Point> route) {
        List<Point> corners = new ArrayList<>();
        for (Point point : route) {
            while (corners.size() > 1 && onOneLine(corners.get(corners.size() - 2), corners.getLast(), point)) {
                corners.removeLast();
            }
            if (corners.isEmpty() || !corners.getLast().equals(point)) {
                corners.add(point);
            }
        }
        return corners;
    }

    private static boolean onOneLine(Point a, Point b, Point c) {
        return (a.x() == b.x() && b.x() == c.x()) || (a.y() == b.y() && b.y() == c.y());
    }
}
