package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.model.CanvasElement;
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
    public static @Nullable CanvasElement at(SceneModel scene, Point point, double reach) {
        CanvasElement found = onHostRail(scene, point);
        found = found != null ? found : onPinsAndPlugs(scene, point);
        found = found != null ? found : onCables(scene.cables().all(), point, reach);
        found = found != null ? found : onCards(scene, point);
        found = found != null ? found : onLanes(scene, point);
        return found != null ? found : onHost(scene, point);
    }

    private static @Nullable CanvasElement onHostRail(SceneModel scene, Point point) {
        for (JackView jack : scene.host().jacks()) {
            if (jack.box().contains(point) || jack.jack().distance(point) <= JACK) {
                return jack.element();
            }
        }
        return null;
    }

    private static @Nullable CanvasElement onPinsAndPlugs(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.box().contains(point)) {
                for (PinView pin : card.pins()) {
                    if (pin.box().contains(point)) {
                        return new CanvasElement.Pin(card.container(), pin.port());
                    }
                }
            }
        }
        for (PlugView plug : scene.plugs()) {
            if (plug.at().distance(point) <= PLUG || plug.pill().contains(point)) {
                return new CanvasElement.Plug(plug.container(), plug.network());
            }
        }
        return null;
    }

    private static @Nullable CanvasElement onCables(List<CableView> cables, Point point, double reach) {
        CanvasElement nearest = null;
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

    private static @Nullable CanvasElement onCards(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.box().contains(point) || card.handle().distance(point) <= HANDLE) {
                return new CanvasElement.Card(card.container());
            }
        }
        return null;
    }

    private static @Nullable CanvasElement onLanes(SceneModel scene, Point point) {
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

    private static CanvasElement onRails(Id network, List<RailView> rails, Point point) {
        for (RailView rail : rails) {
            if (rail.gateway() && point.distance(new Point(rail.left(), rail.y())) <= JACK) {
                return new CanvasElement.Gateway(network);
            }
            Point left = new Point(rail.left(), rail.y());
            if (point.distanceToSegment(left, new Point(rail.right(), rail.y())) <= RAIL) {
                return new CanvasElement.Rail(network);
            }
        }
        return new CanvasElement.Lane(network);
    }

    private static @Nullable CanvasElement onHost(SceneModel scene, Point point) {
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
        for (UnbridgedNetworkView plain : scene.host().plain()) {
            if (plain.box().contains(point)) {
                return plain.element();
            }
        }
        if (scene.host().dropSlot().contains(point)) {
            return new CanvasElement.DropSlot();
        }
        return scene.host().box().contains(point) ? new CanvasElement.HostPanel() : null;
    }
}
