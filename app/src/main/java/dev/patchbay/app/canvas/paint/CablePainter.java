package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;

/// Cables with rounded corners: published ones thick, attachments thin, what is not in force faint, what is on its
/// way dashed. Selected ones are drawn last, over all others.
final class CablePainter {
    /// Each tenfold of traffic makes a cable so much wider, which every second one shows at 100 %.
    static final double WIDTH_PER_TRAFFIC_LEVEL = 0.5;
    private static final double EDGE_WIDTH = 1.25;

    private CablePainter() {}

    static void paint(DrawContext ink, SceneModel scene, FrameState moment) {
        // From far, cables would be all that one sees: only the selected ones are drawn.
        if (ink.detail() != LevelOfDetail.FAR) {
            paint(ink, scene, moment, false);
        }
        if (!ink.emphasis().selected().isEmpty()) {
            paint(ink, scene, moment, true);
        }
        for (CableView cable : moment.fading()) {
            ink.g().setGlobalAlpha(moment.fadeOpacity());
            paint(ink, cable, false, moment);
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(DrawContext ink, SceneModel scene, FrameState moment, boolean selected) {
        for (CableView cable : scene.cables().all()) {
            if (ink.emphasis().isSelected(cable.element()) == selected && ink.isVisible(cable.route())) {
                ink.dimUnlessHighlighted(cable.element());
                paint(ink, cable, selected, moment);
            }
        }
    }

    private static void paint(DrawContext ink, CableView cable, boolean selected, FrameState moment) {
        List<Point> route = prefix(cable.route(), moment.growing().getOrDefault(cable.element(), 1.0));
        boolean hovered = ink.emphasis().isHovered(cable.element());
        double width = switch (cable.kind()) {
            case PUBLISHED -> cable.solid() ? 3 : 2;
            case ATTACHMENT -> 2;
            case TRUNK -> 4;
        };
        if (cable.container() != null && cable.network() != null) {
            width += moment.traffic().getOrDefault(new CanvasElement.Plug(cable.container(), cable.network()), 0)
                    * WIDTH_PER_TRAFFIC_LEVEL;
        }
        Color colour = ink.tint(cable.tint());
        boolean faint = !cable.solid() && cable.kind() == SceneModel.CableKind.PUBLISHED;
        CableLine line = new CableLine(ink, route, width, selected ? 2 : hovered ? 1 : 0);
        // Under the line lies a thin edge of the ground, so that one sees which cable passes over which.
        if (!faint) {
            line.draw(DrawContext.withOpacity(ink.colour("ground"), 0.75), ink.roundedLineWidth(EDGE_WIDTH));
        }
        if (cable.solid()) {
            line.draw(colour, 0);
        } else {
            ink.stroke(
                    DrawContext.withOpacity(colour, faint ? 0.55 : 1),
                    width,
                    faint ? new double[] {2, 5} : new double[] {6, 6});
            line.strokePath();
        }
        if (ink.emphasis().isFocused(cable.element())) {
            new CableLine(ink, route, 1, 0).draw(ink.colour("focus"), 0);
        }
    }

    /// The first part of a route, by length.
    static List<Point> prefix(List<Point> route, double part) {
        if (part >= 1) {
            return route;
        }
        double left = part * length(route);
        List<Point> way = new ArrayList<>(List.of(route.getFirst()));
        for (int i = 1; i < route.size() && left > 0; i++) {
            Point from = route.get(i - 1);
            Point to = route.get(i);
            double piece = from.distance(to);
            double share = piece == 0 ? 1 : Math.min(1, left / piece);
            way.add(new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y())));
            left -= piece;
        }
        return way;
    }

    private static double length(List<Point> route) {
        double length = 0;
        for (int i = 1; i < route.size(); i++) {
            length += route.get(i - 1).distance(route.get(i));
        }
        return length;
    }
}
