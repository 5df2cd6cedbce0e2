package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.SceneModel.SharedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The elements of a scene in reading order: the host from top to bottom, then each lane with its
/// gateway, cards, plugs and pins.
public final class TraversalOrder {
    /// The direction of an arrow key.
    public enum Direction {
        LEFT,
        RIGHT,
        UP,
        DOWN
    }

    private final Map<CanvasElement, Rect> bounds = new LinkedHashMap<>();
    private final Map<CanvasElement, Integer> positions = new HashMap<>();
    private final List<CanvasElement> order;

    private TraversalOrder(SceneModel scene) {
        Map<Id, PlugView> homes = new HashMap<>();
        Map<@Nullable Id, List<PlugView>> visitors = new HashMap<>();
        for (PlugView plug : scene.plugs()) {
            if (plug.cardTop() == null) {
                visitors.computeIfAbsent(plug.network(), _ -> new ArrayList<>()).add(plug);
            } else {
                homes.put(plug.container(), plug);
            }
        }
        Map<Id, Id> owners = new HashMap<>();
        for (SharedNetworkView shared : scene.sharedNetworks()) {
            if (shared.link() instanceof SharedNetworkView.Link link) {
                owners.put(shared.container(), link.owner());
            }
        }
        Map<@Nullable Id, List<CardView>> cards = new HashMap<>();
        for (CardView card : scene.cards()) {
            PlugView home = homes.get(owners.getOrDefault(card.container(), card.container()));
            cards.computeIfAbsent(home == null ? null : home.network(), _ -> new ArrayList<>())
                    .add(card);
        }
        addHost(scene.host());
        for (LaneView lane : scene.lanes()) {
            addLane(lane);
            List<CardView> here = cards.getOrDefault(lane.network(), new ArrayList<>());
            here.sort(Comparator.<CardView>comparingDouble(card -> card.box().y())
                    .thenComparingDouble(card -> card.box().x()));
            here.forEach(card -> addCard(card, homes.get(card.container())));
            visitors.getOrDefault(lane.network(), List.of()).forEach(this::addPlug);
        }
        order = List.copyOf(bounds.keySet());
        for (int i = 0; i < order.size(); i++) {
            positions.put(order.get(i), i);
        }
    }

    public static TraversalOrder of(SceneModel scene) {
        return new TraversalOrder(scene);
    }

    public List<CanvasElement> order() {
        return order;
    }

    /// The bounds of an element; null for one that is not in the scene, or has no place of its own, such
    /// as a cable.
    public @Nullable Rect boundsOf(CanvasElement element) {
        return bounds.get(element);
    }

    /// The next element: for null the first one, after the last one null.
    public @Nullable CanvasElement next(@Nullable CanvasElement from) {
        int index = from == null ? -1 : positions.getOrDefault(from, -1);
        return index + 1 < order.size() ? order.get(index + 1) : null;
    }

    /// The previous element: for null the last one, before the first one null.
    public @Nullable CanvasElement previous(@Nullable CanvasElement from) {
        int index = from == null ? order.size() : positions.getOrDefault(from, -1);
        return index > 0 ? order.get(index - 1) : null;
    }

    /// The nearest large element (card, lane, jack, line of the host panel) in this direction; the same
    /// element when there is none.
    public CanvasElement neighbour(CanvasElement from, Direction direction) {
        Rect start = bounds.get(from);
        if (start == null) {
            return from;
        }
        CanvasElement nearest = from;
        double least = Double.MAX_VALUE;
        for (Map.Entry<CanvasElement, Rect> place : bounds.entrySet()) {
            double distance = distance(start, place.getValue(), direction);
            if (distance < least && isLarge(place.getKey()) && !place.getKey().equals(from)) {
                least = distance;
                nearest = place.getKey();
            }
        }
        return nearest;
    }

    private static boolean isLarge(CanvasElement element) {
        return switch (element) {
            case CanvasElement.Card _,
                    CanvasElement.Lane _,
                    CanvasElement.HostPort _,
                    CanvasElement.Nic _,
                    CanvasElement.DropSlot _,
                    CanvasElement.BusyPort _,
                    CanvasElement.UnbridgedNetwork _ -> true;
            case CanvasElement.HostPanel _,
                    CanvasElement.Rail _,
                    CanvasElement.Gateway _,
                    CanvasElement.Plug _,
                    CanvasElement.Pin _,
                    CanvasElement.PortCable _,
                    CanvasElement.AttachmentCable _ -> false;
        };
    }

    /// The distance between two edges, where a step aside counts twice. An element that overlaps or lies
    /// behind is out of reach.
    private static double distance(Rect from, Rect to, Direction direction) {
        double right = to.x() - from.right();
        double left = from.x() - to.right();
        double down = to.y() - from.bottom();
        double up = from.y() - to.bottom();
        double ahead = switch (direction) {
            case LEFT -> left;
            case RIGHT -> right;
            case UP -> up;
            case DOWN -> down;
        };
        double aside = switch (direction) {
            case LEFT, RIGHT -> Math.max(0, Math.max(up, down));
            case UP, DOWN -> Math.max(0, Math.max(left, right));
        };
        // Of several elements straight ahead, prefers the one whose centre is nearest.
        double middles = from.centre().distance(to.centre()) / 1000;
        return ahead >= -1 ? ahead + 2 * aside + middles : Double.MAX_VALUE;
    }

    private void addHost(HostView host) {
        bounds.put(new CanvasElement.HostPanel(), host.box());
        host.nics().forEach(nic -> bounds.put(nic.element(), nic.box()));
        host.jacks().forEach(jack -> bounds.put(jack.element(), jack.box()));
        bounds.put(new CanvasElement.DropSlot(), host.dropSlot());
        host.busy().forEach(busy -> bounds.put(busy.element(), busy.box()));
        host.unbridgedNetworks().forEach(plain -> bounds.put(plain.element(), plain.box()));
    }

    private void addLane(LaneView lane) {
        Id network = lane.network();
        if (network != null) {
            Rect box = lane.parts().getFirst().box();
            RailView rail = lane.parts().getFirst().rails().getFirst();
            bounds.put(new CanvasElement.Lane(network), new Rect(box.x(), box.y(), box.width(), Dimensions.HEADER));
            bounds.put(new CanvasElement.Gateway(network), new Rect(rail.left() - 8, rail.y() - 8, 16, 16));
        }
    }

    private void addCard(CardView card, @Nullable PlugView plug) {
        if (plug != null) {
            addPlug(plug);
        }
        bounds.put(new CanvasElement.Card(card.container()), card.box());
        card.pins().forEach(pin -> bounds.put(new CanvasElement.Pin(card.container(), pin.port()), pin.box()));
    }

    private void addPlug(PlugView plug) {
        Rect box = new Rect(plug.at().x() - 6, plug.at().y() - 6, 12, 12);
        bounds.put(new CanvasElement.Plug(plug.container(), plug.network()), box);
    }
}
