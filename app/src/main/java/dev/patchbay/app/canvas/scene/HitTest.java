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

/// Finds the topmost element at a point of the scene; a small element comes before the large one below
/// it.
public final class HitTest {
    private static final double PLUG_RADIUS = 9;
    private static final double JACK_RADIUS = 10;
    private static final double RAIL_REACH = 5;
    private static final double HANDLE_RADIUS = 8;

    private HitTest() {}

    /// @param reach maximum distance from a cable that counts as a hit, in scene units
    public static @Nullable CanvasElement elementAt(SceneModel scene, Point point, double reach) {
        CanvasElement found = jackAt(scene, point);
        found = found != null ? found : pinOrPlugAt(scene, point);
        found = found != null ? found : cableAt(scene.cables().all(), point, reach);
        found = found != null ? found : cardAt(scene, point);
        found = found != null ? found : laneAt(scene, point);
        return found != null ? found : hostElementAt(scene, point);
    }

    private static @Nullable CanvasElement jackAt(SceneModel scene, Point point) {
        for (JackView jack : scene.host().jacks()) {
            if (jack.box().contains(point) || jack.jack().distance(point) <= JACK_RADIUS) {
                return jack.element();
            }
        }
        return null;
    }

    private static @Nullable CanvasElement pinOrPlugAt(SceneModel scene, Point point) {
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
            if (plug.at().distance(point) <= PLUG_RADIUS || plug.pill().contains(point)) {
                return new CanvasElement.Plug(plug.container(), plug.network());
            }
        }
        return null;
    }

    private static @Nullable CanvasElement cableAt(List<CableView> cables, Point point, double reach) {
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

    private static @Nullable CanvasElement cardAt(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.box().contains(point) || card.handle().distance(point) <= HANDLE_RADIUS) {
                return new CanvasElement.Card(card.container());
            }
        }
        return null;
    }

    private static @Nullable CanvasElement laneAt(SceneModel scene, Point point) {
        for (LaneView lane : scene.lanes()) {
            Id network = lane.network();
            for (LanePart part : lane.parts()) {
                if (network != null && part.box().contains(point)) {
                    return railAt(network, part.rails(), point);
                }
            }
        }
        return null;
    }

    private static CanvasElement railAt(Id network, List<RailView> rails, Point point) {
        for (RailView rail : rails) {
            if (rail.gateway() && point.distance(new Point(rail.left(), rail.y())) <= JACK_RADIUS) {
                return new CanvasElement.Gateway(network);
            }
            Point left = new Point(rail.left(), rail.y());
            if (point.distanceToSegment(left, new Point(rail.right(), rail.y())) <= RAIL_REACH) {
                return new CanvasElement.Rail(network);
            }
        }
        return new CanvasElement.Lane(network);
    }

    private static @Nullable CanvasElement hostElementAt(SceneModel scene, Point point) {
        if (!scene.host().box().expanded(JACK_RADIUS).contains(point)) {
            return null;
        }
        for (NicView nic : scene.host().nics()) {
            if (nic.box().contains(point) || nic.jack().distance(point) <= JACK_RADIUS) {
                return nic.element();
            }
        }
        for (BusyView busy : scene.host().busy()) {
            if (busy.box().contains(point)) {
                return busy.element();
            }
        }
        for (UnbridgedNetworkView plain : scene.host().unbridgedNetworks()) {
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
