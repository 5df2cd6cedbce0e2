package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.Sizes;
import dev.patchbay.app.model.Element;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.ExposedPort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a drag has taken hold of. Everything else is ground: dragging it moves the view.
public sealed interface Grip {
    /// How near to the middle of a card's right edge its handle is.
    double HANDLE = 9;

    /// A card away from its handle: within its lane it moves, to another lane it is connected.
    ///
    /// @param dx from the card's left edge to the pointer
    record Card(Id container, double dx) implements Grip {}

    /// The loose end of a cable at a card's right edge: it only connects.
    record Handle(Id container) implements Grip {}

    record Plug(Id container, Id network) implements Grip {}

    record Pin(Id container, ExposedPort port) implements Grip {}

    record Jack(Id port) implements Grip {}

    /// A lane's title bar.
    ///
    /// @param part of the lane's boxes, the one that moves
    record Header(Id network, int part) implements Grip {}

    /// @param element what the hit test finds at the point
    static @Nullable Grip at(SceneModel scene, @Nullable Element element, Point point) {
        Grip handle = handle(scene, point);
        if (handle != null) {
            return handle;
        }
        return switch (element) {
            case Element.Card(var container) ->
                scene.cards().stream()
                        .filter(card -> card.container().equals(container))
                        .map(card -> new Card(container, point.x() - card.box().x()))
                        .findFirst()
                        .orElse(null);
            case Element.Plug(var container, var network) -> new Plug(container, network);
            case Element.Pin(var container, var port) -> new Pin(container, port);
            case Element.HostPort(var port) -> new Jack(port);
            case Element.Lane(var network) -> header(scene, network, point);
            case null -> null;
            case Element.HostPanel _,
                    Element.Nic _,
                    Element.DropSlot _,
                    Element.BusyPort _,
                    Element.PlainNetwork _,
                    Element.Rail _,
                    Element.Gateway _,
                    Element.PortCable _,
                    Element.AttachmentCable _ -> null;
        };
    }

    private static @Nullable Grip handle(SceneModel scene, Point point) {
        for (CardView card : scene.cards()) {
            if (card.handle().distance(point) <= HANDLE) {
                return new Handle(card.container());
            }
        }
        return null;
    }

    private static @Nullable Grip header(SceneModel scene, Id network, Point point) {
        for (LaneView lane : scene.lanes()) {
            for (int part = 0;
                    Objects.equals(lane.network(), network)
                            && part < lane.parts().size();
                    part++) {
                var box = lane.parts().get(part).box();
                if (box.contains(point) && point.y() < box.y() + Sizes.HEADER) {
                    return new Header(network, part);
                }
            }
        }
        return null;
    }
}
