package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;

/// Cables with rounded corners: cables of published ports are thick, attachments thin, cables of ports
/// that are not in force faint, pending ones dashed. Selected cables are drawn last, over all others.
final class CablePainter {
    /// The extra width for each level of traffic; at 100 % only every second level shows a difference.
    static final double WIDTH_PER_TRAFFIC_LEVEL = 0.5;

    private CablePainter() {}

    static void paint(DrawingSurface surface, SceneModel scene, FrameState frame) {
        // From far away cables would hide everything else, so only the selected ones are drawn.
        if (surface.detail() != LevelOfDetail.FAR) {
            paint(surface, scene, frame, false);
        }
        if (!surface.highlights().selected().isEmpty()) {
            paint(surface, scene, frame, true);
        }
        for (CableView cable : frame.fading()) {
            surface.setOpacity(frame.fadeOpacity());
            paint(surface, cable, false, frame);
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, SceneModel scene, FrameState frame, boolean selected) {
        for (CableView cable : scene.cables().all()) {
            if (surface.highlights().isSelected(cable.element()) == selected && surface.isVisible(cable.route())) {
                surface.dimUnlessHighlighted(cable.element());
                paint(surface, cable, selected, frame);
            }
        }
    }

    private static void paint(DrawingSurface surface, CableView cable, boolean selected, FrameState frame) {
        List<Point> route = prefix(cable.route(), frame.growing().getOrDefault(cable.element(), 1.0));
        boolean hovered = surface.highlights().isHovered(cable.element());
        double width = switch (cable.kind()) {
            case PUBLISHED -> cable.solid() ? 3 : 2;
            case ATTACHMENT -> 2;
            case TRUNK -> 4;
        };
        if (cable.container() != null && cable.network() != null) {
            width += frame.traffic().getOrDefault(new CanvasElement.Plug(cable.container(), cable.network()), 0)
                    * WIDTH_PER_TRAFFIC_LEVEL;
        }
        Color colour = surface.tint(cable.tint());
        boolean faint = !cable.solid() && cable.kind() == SceneModel.CableKind.PUBLISHED;
        // A thin edge in the colour of the background shows which cable passes over which.
        Color edge = faint ? null : DrawingSurface.withOpacity(surface.colour("ground"), 0.75);
        double[] dashes = cable.solid() ? new double[0] : faint ? new double[] {2, 5} : new double[] {6, 6};
        surface.cable(
                route,
                width,
                selected ? 2 : hovered ? 1 : 0,
                faint ? DrawingSurface.withOpacity(colour, 0.55) : colour,
                edge,
                dashes);
        if (surface.highlights().isFocused(cable.element())) {
            surface.cable(route, 1, 0, surface.colour("focus"), null);
        }
    }

    /// The first part of a route, as a fraction of its length.
    static List<Point> prefix(List<Point> route, double part) {
        if (part >= 1) {
            return route;
        }
        double left = part * length(route);
        List<Point> prefix = new ArrayList<>(List.of(route.getFirst()));
        for (int i = 1; i < route.size() && left > 0; i++) {
            Point from = route.get(i - 1);
            Point to = route.get(i);
            double piece = from.distance(to);
            double share = piece == 0 ? 1 : Math.min(1, left / piece);
            prefix.add(new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y())));
            left -= piece;
        }
        return prefix;
    }

    private static double length(List<Point> route) {
        double length = 0;
        for (int i = 1; i < route.size(); i++) {
            length += route.get(i - 1).distance(route.get(i));
        }
        return length;
    }
}
