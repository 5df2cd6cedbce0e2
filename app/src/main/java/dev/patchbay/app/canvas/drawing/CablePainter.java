package dev.patchbay.app.canvas.drawing;

import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.SceneModel;
import dev.patchbay.app.canvas.layout.SceneModel.CableView;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Cables with rounded corners: published ones thick, attachments thin, what is not in force faint, what is on its way
/// dashed. Selected ones are drawn last, over all others.
final class CablePainter {
    private static final double BEND = 14;
    /// Each tenfold of traffic makes a cable so much wider.
    private static final double TRAFFIC = 0.55;

    private CablePainter() {}

    static void paint(Ink ink, SceneModel scene, Moment moment) {
        // From far, cables would be all that one sees: only the selected ones are drawn.
        if (ink.detail() != Detail.FAR) {
            paint(ink, scene, moment, false);
        }
        if (!ink.emphasis().selected().isEmpty()) {
            paint(ink, scene, moment, true);
        }
        for (CableView cable : moment.fading()) {
            ink.g().setGlobalAlpha(moment.left());
            paint(ink, cable, false, moment);
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(Ink ink, SceneModel scene, Moment moment, boolean selected) {
        for (CableView cable : scene.cables().all()) {
            if (ink.emphasis().isSelected(cable.element()) == selected && ink.sees(extent(cable.route()))) {
                ink.fadeUnlessFound(cable.element());
                paint(ink, cable, selected, moment);
            }
        }
    }

    private static void paint(Ink ink, CableView cable, boolean selected, Moment moment) {
        List<Point> route = reached(cable.route(), moment.growing().getOrDefault(cable.element(), 1.0));
        boolean hovered = ink.emphasis().isHovered(cable.element());
        double width = switch (cable.kind()) {
            case PUBLISHED -> cable.solid() ? 2.8 : 1.8;
            case ATTACHMENT -> 1.8;
            case TRUNK -> 3.5;
        };
        width += selected ? 1 : hovered ? 0.6 : 0;
        if (cable.container() != null && cable.network() != null) {
            width += moment.traffic().getOrDefault(new Element.Plug(cable.container(), cable.network()), 0) * TRAFFIC;
        }
        Color colour = ink.tint(cable.tint());
        boolean faint = !cable.solid() && cable.kind() == SceneModel.CableKind.PUBLISHED;
        // Under the line lies a thin edge of the ground, so that one sees which cable passes over which.
        ink.stroke(Ink.faded(ink.colour("ground"), faint ? 0 : 0.75), width + 2.5);
        trace(ink.g(), route);
        if (cable.solid()) {
            ink.stroke(colour, width);
        } else {
            ink.stroke(Ink.faded(colour, faint ? 0.55 : 1), width, faint ? new double[] {2, 5} : new double[] {6, 6});
        }
        trace(ink.g(), route);
        if (ink.emphasis().isFocused(cable.element())) {
            ink.stroke(ink.colour("focus"), 1.2);
            trace(ink.g(), route);
        }
    }

    /// The first part of a route, by length.
    static List<Point> reached(List<Point> route, double part) {
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

    private static void trace(GraphicsContext g, List<Point> route) {
        g.beginPath();
        g.moveTo(route.getFirst().x(), route.getFirst().y());
        for (int i = 1; i + 1 < route.size(); i++) {
            Point corner = route.get(i);
            Point next = route.get(i + 1);
            if (i + 2 < route.size() && isJog(route.subList(i - 1, i + 3))) {
                jog(g, corner, next);
                i++;
                continue;
            }
            double before = corner.distance(route.get(i - 1)) / (i == 1 ? 1 : 2);
            double after = corner.distance(next) / (i + 2 == route.size() ? 1 : 2);
            double radius = Math.min(BEND, Math.min(before, after));
            g.arcTo(corner.x(), corner.y(), next.x(), next.y(), radius);
        }
        g.lineTo(route.getLast().x(), route.getLast().y());
        g.stroke();
    }

    /// A short step aside between two long pieces across: two tight bends would look like a dent.
    private static boolean isJog(List<Point> corners) {
        Point from = corners.get(1);
        Point to = corners.get(2);
        return from.x() == to.x()
                && Math.abs(from.y() - to.y()) < BEND
                && corners.get(0).distance(from) > BEND
                && corners.get(3).distance(to) > BEND;
    }

    private static void jog(GraphicsContext g, Point from, Point to) {
        double half = BEND;
        g.lineTo(from.x() - half, from.y());
        g.bezierCurveTo(from.x(), from.y(), to.x(), to.y(), to.x() + half, to.y());
    }

    private static Box extent(List<Point> route) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        // A plain loop: every cable passes here with every frame.
        for (Point point : route) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        return new Box(left, top, right - left + 0.1, bottom - top + 0.1);
    }
}
