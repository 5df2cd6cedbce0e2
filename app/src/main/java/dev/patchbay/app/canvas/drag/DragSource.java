package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a drag moves. Everything else is the background: dragging it moves the view.
public sealed interface DragSource {
    /// Maximum distance from the middle of a card's right edge that counts as its handle.
    double HANDLE_RADIUS = 9;

    /// A card, except its handle. Within its lane it moves; on another lane it is connected.
    ///
    /// @param dx from the card's left edge to the pointer
    record Card(Id container, double dx) implements DragSource {}

    /// The handle at a card's right edge; it only connects.
    record Handle(Id container) implements DragSource {}

    record Plug(Id container, Id network) implements DragSource {}

    record Pin(Id container, ExposedPort port) implements DragSource {}

    record Jack(Id port) implements DragSource {}

    /// A lane's title bar.
    ///
    /// @param part index of the lane's box that moves
    record Header(Id network, int part) implements DragSource {}

    /// @param element what the hit test finds at the point
    static @Nullable DragSource at(SceneModel scene, @Nullable CanvasElement element, Point point) {
        DragSource handle = handleAt(scene, point);
        if (handle != null) {
            return handle;
        }
        return switch (element) {
            case CanvasElement.Card(var container) ->
                scene.cards().stream()
                        .filter(card -> card.container().equals(container))
                        .map(card -> new Card(container, point.x() - card.box().x()))
                        .findFirst()
                        .orElse(null);
            case CanvasElement.Plug(var container, var network) -> new Plug(container, network);
            case CanvasElement.Pin(var container, var port) -> new Pin(container, port);
            case CanvasElement.HostPort(var port) -> new Jack(port);
            case CanvasElement.Lane(var network) -> headerAt(scene, network, point);
            case null -> null;
            case CanvasElement.HostPanel _,
                    CanvasElement.Nic _,
                    CanvasElement.DropSlot _,
                    CanvasElement.BusyPort _,
                    CanvasElement.UnbridgedNetwork _,
                    CanvasElement.Rail _,
                    CanvasElement.Gateway _,
                    CanvasElement.PortCable _,
                    CanvasElement.AttachmentCable _ -> null;
        };
    }

    private static @Nullable DragSource handleAt(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.handle().distance(point) <= HANDLE_RADIUS) {
                return new Handle(card.container());
            }
        }
        return null;
    }

    private static @Nullable DragSource headerAt(SceneModel scene, Id network, Point point) {
        for (LaneView lane : scene.lanes()) {
            for (int part = 0;
                    Objects.equals(lane.network(), network)
                            && part < lane.parts().size();
                    part++) {
                var box = lane.parts().get(part).box();
                if (box.contains(point) && point.y() < box.y() + Dimensions.HEADER) {
                    return new Header(network, part);
                }
            }
        }
        return null;
    }
}
