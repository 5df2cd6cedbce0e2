package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a drop at a point of one scene would do.
public final class DragInterpreter {
    /// Distance that a plug or jack must be dragged before it is detached.
    private static final double DETACH_DISTANCE = 26;

    private final Topology topology;
    private final SceneLayout layout;
    private final SceneModel scene;
    private final DragSource source;
    private final Point start;
    private final @Nullable Set<CanvasElement> targets;

    public DragInterpreter(Topology topology, SceneLayout layout, DragSource source, Point from) {
        this.topology = topology;
        this.layout = layout;
        this.scene = layout.scene();
        this.source = source;
        this.start = from;
        this.targets = findTargets();
    }

    /// The same drag over the next scene; null when the dragged element is gone.
    public @Nullable DragInterpreter rebase(Topology later, SceneLayout laid) {
        boolean there = switch (source) {
            case DragSource.Handle(Id container) -> later.container(container) != null;
            case DragSource.Card(Id container, double _) -> later.container(container) != null;
            case DragSource.Pin pin -> later.container(pin.container()) != null;
            case DragSource.Plug plug -> laid.scene().plugs().stream().anyMatch(view -> isSame(view, plug));
            case DragSource.Jack(Id port) -> laid.arrangement().ports().contains(port);
            case DragSource.Header header -> laid.arrangement().hasPart(header.network(), header.part());
        };
        return there ? new DragInterpreter(later, laid, source, start) : null;
    }

    public DragState stateAt(Point point) {
        return switch (source) {
            case DragSource.Handle(Id container) -> dragToNetwork(container, point);
            case DragSource.Card(Id container, double dx) -> dragCard(container, dx, point);
            case DragSource.Plug plug -> dragPlug(plug, point);
            case DragSource.Pin pin ->
                scene.host().box().expanded(DETACH_DISTANCE / 2).contains(point)
                        ? accepted(point, new DropAction.Publish(pin.container(), pin.port()))
                        : rejected(point, Messages.of("drag.toTheRail"));
            case DragSource.Jack(Id port) ->
                scene.host().box().expanded(DETACH_DISTANCE / 2).contains(point)
                        ? rejected(point, Messages.of("drag.offTheHost"))
                        : accepted(point, new DropAction.Unpublish(port));
            case DragSource.Header header -> dragLane(header, point);
        };
    }

    private DragState dragCard(Id container, double dx, Point point) {
        Id lane = laneAt(point);
        Id home = layout.arrangement().homeLaneOf(container);
        if (home == null || !(home.equals(lane) || (lane == null && isInTray(home, point)))) {
            return dragToNetwork(container, point);
        }
        Arrangement.Slot slot = layout.arrangement().cardSlotAt(home, container, point.x() - dx, point.y());
        return slot == null
                ? rejected(point, Messages.of("drag.taken"))
                : accepted(point, new DropAction.MoveCard(home, slot));
    }

    private boolean isInTray(Id home, Point point) {
        return topology.network(home) == null
                && scene.lanes().stream()
                        .filter(lane -> lane.network() == null)
                        .flatMap(lane -> lane.parts().stream())
                        .anyMatch(part -> part.box().contains(point));
    }

    private DragState dragToNetwork(Id id, Point point) {
        Container container = topology.container(id);
        Id target = laneAt(point);
        Network network = target == null ? unbridgedNetworkAt(point) : topology.network(target);
        if (container == null || network == null) {
            return rejected(point, Messages.of("drag.toANetwork"));
        }
        String reason = ActionId.connectObstacle(container, network);
        return reason.isEmpty() ? accepted(point, new DropAction.Connect(id, network.id())) : rejected(point, reason);
    }

    private DragState dragPlug(DragSource.Plug plug, Point point) {
        boolean off = scene.plugs().stream()
                .filter(view -> isSame(view, plug))
                .allMatch(view -> Math.abs(view.at().y() - point.y()) > DETACH_DISTANCE);
        return off
                ? accepted(point, new DropAction.Disconnect(plug.container(), plug.network()))
                : rejected(point, Messages.of("drag.offTheRail"));
    }

    private static boolean isSame(PlugView view, DragSource.Plug plug) {
        return view.container().equals(plug.container()) && view.network().equals(plug.network());
    }

    private DragState dragLane(DragSource.Header header, Point point) {
        Rect part = layout.partBounds(header.network(), header.part());
        double x = part.x() + snap(point.x() - start.x());
        double y = part.y() + snap(point.y() - start.y());
        return layout.arrangement().isFreeFor(header.network(), header.part(), x, y)
                ? accepted(point, new DropAction.MoveLane(header.network(), header.part(), x, y))
                : rejected(point, Messages.of("drag.taken"));
    }

    private static double snap(double distance) {
        return Math.rint(distance / 10) * 10;
    }

    private @Nullable Id laneAt(Point point) {
        for (LaneView lane : scene.lanes()) {
            for (LanePart part : lane.parts()) {
                if (part.box().contains(point)) {
                    return lane.network();
                }
            }
        }
        return null;
    }

    private @Nullable Network unbridgedNetworkAt(Point point) {
        for (UnbridgedNetworkView plain : scene.host().unbridgedNetworks()) {
            Rect box = plain.box();
            if (box.contains(point) && plain.element() instanceof CanvasElement.UnbridgedNetwork(Id network)) {
                return topology.network(network);
            }
        }
        return null;
    }

    private @Nullable Set<CanvasElement> findTargets() {
        Set<CanvasElement> bright = new HashSet<>();
        Id own = switch (source) {
            case DragSource.Handle(Id container) -> container;
            case DragSource.Card(Id container, double _) -> container;
            case DragSource.Pin pin -> pin.container();
            case DragSource.Plug _, DragSource.Jack _, DragSource.Header _ -> null;
        };
        Container container = own == null ? null : topology.container(own);
        if (container == null) {
            return null;
        }
        scene.host().jacks().forEach(jack -> bright.add(jack.element()));
        bright.add(new CanvasElement.Card(container.id()));
        if (source instanceof DragSource.Pin) {
            return bright;
        }
        for (Network network : topology.networks()) {
            if (ActionId.connectObstacle(container, network).isEmpty()) {
                bright.add(new CanvasElement.Lane(network.id()));
            }
        }
        layout.arrangement().lanes().forEach((lane, place) -> {
            if (bright.contains(new CanvasElement.Lane(lane))) {
                place.slots().stream()
                        .filter(Arrangement.Slot::card)
                        .forEach(slot -> bright.add(new CanvasElement.Card(slot.container())));
            }
        });
        for (Container other : topology.containers()) {
            other.ports().forEach(port -> bright.add(new CanvasElement.PortCable(port.id())));
            other.endpoints().forEach(end -> bright.add(new CanvasElement.AttachmentCable(other.id(), end.network())));
        }
        return bright;
    }

    private DragState accepted(Point point, DropAction intent) {
        return new DragState(source, start, point, intent, "", targets);
    }

    private DragState rejected(Point point, String reason) {
        return new DragState(source, start, point, null, reason, targets);
    }
}
