package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutPort;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CableKind;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.container.ExposedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Routes the cables: each one by itself first, then spread over tracks where they share a corridor.
final class CableLayout {
    private static final double TRACK_SPACING = 9;
    /// Distance between two cables at one pin.
    private static final double PIN_SPACING = 6;

    private final LayoutContainers containers;
    private final List<LaneView> lanes;
    private final CableRoutes cableRoutes;
    private final Map<Rect, Integer> cablesAtPin = new HashMap<>();
    private final List<CableView> cables = new ArrayList<>();

    private CableLayout(
            LayoutContainers layoutContainers,
            HostView host,
            List<LaneView> lanes,
            List<CardView> cards,
            List<PlugView> plugs) {
        this.containers = layoutContainers;
        this.lanes = lanes;
        this.cableRoutes = new CableRoutes(host, lanes, cards, plugs);
    }

    static List<CableView> cables(
            LayoutContainers layoutContainers,
            HostView host,
            List<LaneView> lanes,
            List<CardView> cards,
            List<PlugView> plugs) {
        CableLayout layout = new CableLayout(layoutContainers, host, lanes, cards, plugs);
        layout.routePorts();
        layout.routeAttachments();
        layout.routeTrunks();
        return layout.spreadTracks();
    }

    private void routePorts() {
        for (LayoutPort port : containers.ports()) {
            PortBinding binding = port.binding();
            SlotContent content = port.owner().homeContent();
            JackView jack = port.jack();
            if (content == null || content.card() == null || jack == null) {
                continue;
            }
            CardView card = content.card();
            Rect pin = CardLayout.pinBox(
                    card, new ExposedPort(binding.containerPorts().first(), binding.protocol()));
            double x = pin.centreX() + pinOffset(cablesAtPin.merge(pin, 1, Integer::sum));
            Point turn = new Point(x, card.box().bottom() + Dimensions.CHANNEL);
            List<Point> route = new ArrayList<>(List.of(jack.jack()));
            route.addAll(cableRoutes.toPin(jack.jack().y(), content.part(), turn));
            route.add(new Point(x, pin.bottom()));
            cables.add(new CableView(
                    new CanvasElement.PortCable(binding.id()),
                    CableKind.PUBLISHED,
                    port.network(),
                    card.container(),
                    jack.tint(),
                    binding.isEffective(),
                    withoutCollinear(route)));
        }
    }

    private void routeAttachments() {
        for (LayoutContainer container : containers.all()) {
            SlotContent home = container.homeContent();
            int exit = 0;
            for (SlotContent visit : container.plugContents()) {
                PlugView plug = visit.plug();
                if (home == null || home.card() == null || visit.card() != null || plug == null) {
                    continue;
                }
                CardView card = home.card();
                exit++;
                double x = card.box().right() - 8 - 8 * Math.min(exit, 12);
                List<Point> route =
                        new ArrayList<>(List.of(new Point(x, card.box().bottom())));
                route.addAll(cableRoutes.toPlug(
                        home.part(),
                        new Point(x, card.box().bottom() + Dimensions.CHANNEL),
                        visit.part(),
                        new Point(plug.at().x(), plug.at().y() - Dimensions.OVER_RAIL)));
                route.add(plug.at());
                cables.add(new CableView(
                        new CanvasElement.AttachmentCable(plug.container(), plug.network()),
                        CableKind.ATTACHMENT,
                        plug.network(),
                        plug.container(),
                        plug.tint(),
                        plug.attached() || card.state() != Container.State.RUNNING,
                        withoutCollinear(route)));
            }
        }
    }

    private void routeTrunks() {
        for (LaneView lane : lanes) {
            if (lane.network() == null) {
                continue;
            }
            for (int i = 1; i < lane.parts().size(); i++) {
                Rect here = lane.parts().get(i - 1).box();
                Rect there = lane.parts().get(i).box();
                RailView from = lane.parts().get(i - 1).rails().getFirst();
                RailView to = lane.parts().get(i).rails().getFirst();
                double out = here.right() + Dimensions.GAP / 2;
                double in = Math.max(CableRoutes.GUTTER, there.x() - Dimensions.GAP / 2);
                List<Point> route = new ArrayList<>(List.of(new Point(from.right(), from.y())));
                route.addAll(cableRoutes.toPart(here, new Point(out, from.y()), there, new Point(in, to.y())));
                route.add(new Point(to.left(), to.y()));
                cables.add(new CableView(
                        new CanvasElement.Rail(lane.network()),
                        CableKind.TRUNK,
                        lane.network(),
                        null,
                        lane.tint(),
                        true,
                        withoutCollinear(route)));
            }
        }
    }

    private List<CableView> spreadTracks() {
        List<List<Point>> routes = CableTracks.spread(
                cables.stream().map(CableView::route).toList(),
                TRACK_SPACING,
                y -> cableRoutes.isNarrow(y) ? 8 : 14,
                x -> x == CableRoutes.GUTTER ? Dimensions.GUTTER - 22 : 14);
        List<CableView> result = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            result.add(cables.get(i).withRoute(routes.get(i)));
        }
        return result;
    }

    /// The first cable ends in the middle of the pin, further ones to its right and left.
    private static double pinOffset(int nth) {
        int steps = nth / 2;
        return (nth % 2 == 0 ? PIN_SPACING : -PIN_SPACING) * steps;
    }

    /// Removes corners that lie on a straight line, so that horizontal and vertical segments alternate.
    private static List<Point> withoutCollinear(List<Point> route) {
        List<Point> corners = new ArrayList<>();
        for (Point point : route) {
            while (corners.size() > 1 && isCollinear(corners.get(corners.size() - 2), corners.getLast(), point)) {
                corners.removeLast();
            }
            if (corners.isEmpty() || !corners.getLast().equals(point)) {
                corners.add(point);
            }
        }
        return corners;
    }

    private static boolean isCollinear(Point a, Point b, Point c) {
        return (a.x() == b.x() && b.x() == c.x()) || (a.y() == b.y() && b.y() == c.y());
    }
}
