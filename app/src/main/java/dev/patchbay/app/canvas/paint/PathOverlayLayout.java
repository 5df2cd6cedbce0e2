package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Location;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes the line of a path over a scene: along cables, stems and rails where they exist.
public final class PathOverlayLayout {
    /// Distance from the edge of the host, where its jacks are, to the line that joins them.
    private static final double JACK_GAP = 14;
    /// How far the path enters the host, and how far above it leaves the host.
    private static final double INTO_HOST = 10;
    private static final double TURN_HEIGHT = 18;
    /// Distance below a pin at which the end mark does not hide the pin.
    private static final double UNDER_PIN = 12;
    /// Distance from a lane to a line that goes around it.
    private static final double LANE_GAP = 9;

    private final SceneModel scene;
    private final List<List<Point>> lines = new ArrayList<>();
    private final Set<CanvasElement> elements = new HashSet<>();
    private @Nullable Point position;
    private @Nullable Id network;
    /// The cable of the published port, if the packet reaches its container.
    private @Nullable CableView cable;

    private PathOverlayLayout(SceneModel scene) {
        this.scene = scene;
    }

    public static PathOverlay of(TracedPath path, SceneModel scene) {
        PathOverlayLayout layout = new PathOverlayLayout(scene);
        List<Location> locations =
                path.hops().stream().map(Hop::locations).flatMap(List::stream).toList();
        Location before = null;
        for (Location location : locations) {
            if (!location.equals(before)) {
                layout.append(location);
            }
            before = location;
        }
        Boolean stopped = switch (path.verdict()) {
            case BLOCKED -> true;
            case REACHABLE -> false;
            case UNKNOWN -> null;
        };
        return new PathOverlay(layout.lines, layout.elements, layout.position, stopped);
    }

    private void append(Location location) {
        switch (location) {
            case Location.OfContainer(Id container) -> appendCard(container);
            case Location.OfEndpoint(Id container, Id on) -> appendPlug(container, on);
            case Location.OfNetwork(Id id) -> appendNetwork(id);
            case Location.OfPort(Id binding) -> appendPort(binding);
            case Location.OfLink(String name) -> appendNic(name);
            case Location.OfHost() -> appendHost();
        }
    }

    private void appendCard(Id container) {
        elements.add(new CanvasElement.Card(container));
        CardView card = card(container);
        if (card != null && position == null) {
            position = new Point(card.box().centreX(), card.box().y());
        }
    }

    /// Upwards from the card, or downwards from the rail.
    private void appendPlug(Id container, Id on) {
        PlugView plug = scene.plugs().stream()
                .filter(view ->
                        view.container().equals(container) && view.network().equals(on))
                .findFirst()
                .orElse(null);
        CardView card = card(container);
        elements.add(new CanvasElement.Plug(container, on));
        elements.add(new CanvasElement.AttachmentCable(container, on));
        elements.add(new CanvasElement.Card(container));
        if (plug == null || card == null) {
            return;
        }
        if (cable != null && container.equals(cable.container())) {
            addLine(cable.route());
            Point pin = cable.route().getLast();
            position = new Point(pin.x(), pin.y() + UNDER_PIN);
            cable = null;
            network = on;
            return;
        }
        List<Point> stem = stem(plug, container, on);
        boolean leaving = position == null || card.box().expanded(2).contains(position);
        if (leaving) {
            addLine(stem);
        } else {
            lineTo(plug.at(), on);
            addLine(stem.reversed());
        }
        network = on;
    }

    private List<Point> stem(PlugView plug, Id container, Id on) {
        if (plug.cardTop() != null) {
            return List.of(new Point(plug.at().x(), plug.cardTop()), plug.at());
        }
        return cable(new CanvasElement.AttachmentCable(container, on))
                .map(CableView::route)
                .orElse(List.of(plug.at()));
    }

    private void appendNetwork(Id id) {
        elements.add(new CanvasElement.Lane(id));
        elements.add(new CanvasElement.UnbridgedNetwork(id));
        elements.add(new CanvasElement.Rail(id));
        if (network == null && position != null && cable == null) {
            gateway(id).ifPresent(point -> lineTo(point, id));
        }
        network = id;
    }

    private void appendHost() {
        elements.add(new CanvasElement.HostPanel());
        Rect box = scene.host().box();
        if (position == null) {
            position = new Point(box.right(), box.centreY());
        } else if (network != null) {
            gateway(network).ifPresent(point -> lineTo(point, network));
            elements.add(new CanvasElement.Gateway(network));
            if (position != null) {
                double y = position.y();
                double inside = box.right() - INTO_HOST;
                addLine(List.of(
                        position,
                        new Point(inside, y),
                        new Point(inside, y - TURN_HEIGHT),
                        new Point(box.right(), y - TURN_HEIGHT)));
            }
        }
        network = null;
    }

    private void appendPort(Id binding) {
        elements.add(new CanvasElement.HostPort(binding));
        elements.add(new CanvasElement.PortCable(binding));
        cable(new CanvasElement.PortCable(binding)).ifPresent(found -> {
            Point jack = found.route().getFirst();
            if (position != null) {
                double x = jack.x() + JACK_GAP;
                addLine(List.of(position, new Point(x, position.y()), new Point(x, jack.y()), jack));
            }
            position = jack;
            cable = found;
        });
    }

    private void appendNic(String name) {
        elements.add(new CanvasElement.Nic(name));
        scene.host().nics().stream()
                .filter(nic -> nic.name().equals(name))
                .findFirst()
                .ifPresent(nic -> {
                    if (position == null) {
                        position = nic.jack();
                    } else {
                        double x = nic.jack().x() + JACK_GAP;
                        addLine(List.of(
                                position,
                                new Point(x, position.y()),
                                new Point(x, nic.jack().y()),
                                nic.jack()));
                    }
                });
    }

    /// Continues along the rail, and around the corner where a lane has several rails.
    private void lineTo(Point target, @Nullable Id on) {
        if (position == null) {
            position = target;
            return;
        }
        if (on == null || on.equals(network)) {
            addLine(List.of(position, new Point(target.x(), position.y()), target));
            return;
        }
        double x = scene.host().box().right() + JACK_GAP;
        Rect lane = lane(on);
        if (lane == null || lane.x() - x < 4 * JACK_GAP) {
            addLine(List.of(position, new Point(x, position.y()), new Point(x, target.y()), target));
            return;
        }
        double above = lane.y() - LANE_GAP;
        double beside = lane.x() - LANE_GAP;
        addLine(List.of(
                position,
                new Point(x, position.y()),
                new Point(x, above),
                new Point(beside, above),
                new Point(beside, target.y()),
                target));
    }

    private @Nullable Rect lane(Id on) {
        return scene.lanes().stream()
                .filter(view -> on.equals(view.network()))
                .map(view -> view.parts().getFirst().box())
                .findFirst()
                .orElse(null);
    }

    private void addLine(List<Point> route) {
        List<Point> corners = new ArrayList<>();
        for (Point point : route) {
            if (corners.isEmpty() || !corners.getLast().equals(point)) {
                corners.add(point);
            }
        }
        if (corners.size() > 1) {
            lines.add(corners);
        }
        position = route.getLast();
    }

    private Optional<Point> gateway(Id on) {
        return scene.lanes().stream()
                .filter(lane -> on.equals(lane.network()))
                .flatMap(lane -> lane.parts().stream())
                .flatMap(part -> part.rails().stream())
                .filter(RailView::gateway)
                .map(rail -> new Point(rail.left(), rail.y()))
                .findFirst();
    }

    private Optional<CableView> cable(CanvasElement element) {
        return scene.cables().all().stream()
                .filter(cable -> cable.element().equals(element))
                .findFirst();
    }

    private @Nullable CardView card(Id container) {
        return scene.cards().stream()
                .filter(card -> card.container().equals(container))
                .findFirst()
                .orElse(null);
    }
}
