package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.PlainView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.model.Element;
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is at a point of the scene: the topmost thing there, small things before the large ones they lie on.
public final class HitTest {
    private static final double PLUG = 9;
    private static final double JACK = 10;
    private static final double RAIL = 5;
    private static final double HANDLE = 8;

    private HitTest() {}

    /// @param reach how far beside a cable still counts as on it, in scene units
    public static @Nullable Element at(SceneModel scene, Point point, double reach) {
        Element found = onHostRail(scene, point);
        found = found != null ? found : onPinsAndPlugs(scene, point);
        found = found != null ? found : onCables(scene.cables().all(), point, reach);
        found = found != null ? found : onCards(scene, point);
        found = found != null ? found : onLanes(scene, point);
        return found != null ? found : onHost(scene, point);
    }

    private static @Nullable Element onHostRail(SceneModel scene, Point point) {
        for (JackView jack : scene.host().jacks()) {
            if (jack.box().contains(point) || jack.jack().distance(point) <= JACK) {
                return jack.element();
            }
        }
        return null;
    }

    private static @Nullable Element onPinsAndPlugs(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.box().contains(point)) {
                for (PinView pin : card.pins()) {
                    if (pin.box().contains(point)) {
                        return new Element.Pin(card.container(), pin.port());
                    }
                }
            }
        }
        for (PlugView plug : scene.plugs()) {
            if (plug.at().distance(point) <= PLUG || plug.pill().contains(point)) {
                return new Element.Plug(plug.container(), plug.network());
            }
        }
        return null;
    }

    private static @Nullable Element onCables(List<CableView> cables, Point point, double reach) {
        Element nearest = null;
        double least = reach;
        for (CableView cable : cables) {
            for (int i = 1; i < cable.route().size(); i++) {
                double distance = point.distanceToSegment(
                        cable.route().get(i - 1), cable.route().get(i));
                if (distance < least) {
                    least = distance;
                    nearest = cable.element();
                }
            }
        }
        return nearest;
    }

    private static @Nullable Element onCards(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.box().contains(point) || card.handle().distance(point) <= HANDLE) {
                return new Element.Card(card.container());
            }
        }
        return null;
    }

    private static @Nullable Element onLanes(SceneModel scene, Point point) {
        for (LaneView lane : scene.lanes()) {
            Id network = lane.network();
            for (LanePart part : lane.parts()) {
                if (network != null && part.box().contains(point)) {
                    return onRails(network, part.rails(), point);
                }
            }
        }
        return null;
    }

    private static Element onRails(Id network, List<RailView> rails, Point point) {
        for (RailView rail : rails) {
            if (rail.gateway() && point.distance(new Point(rail.left(), rail.y())) <= JACK) {
                return new Element.Gateway(network);
            }
            Point left = new Point(rail.left(), rail.y());
            if (point.distanceToSegment(left, new Point(rail.right(), rail.y())) <= RAIL) {
                return new Element.Rail(network);
            }
        }
        return new Element.Lane(network);
    }

    private static @Nullable Element onHost(SceneModel scene, Point point) {
        if (!scene.host().box().grown(JACK).contains(point)) {
            return null;
        }
        for (NicView nic : scene.host().nics()) {
            if (nic.box().contains(point) || nic.jack().distance(point) <= JACK) {
                return nic.element();
            }
        }
        for (BusyView busy : scene.host().busy()) {
            if (busy.box().contains(point)) {
                return busy.element();
            }
        }
        for (PlainView plain : scene.host().plain()) {
            if (plain.box().contains(point)) {
                return plain.element();
            }
        }
        if (scene.host().dropSlot().contains(point)) {
            return new Element.DropSlot();
        }
        return scene.host().box().contains(point) ? new Element.HostPanel() : null;
    }
}
