package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.Id;
import java.util.Map;
import javafx.scene.paint.Color;

/// Networks: box, header, rails with the gateway's jack, and the plugs on them.
final class LanePainter {
    private static final double RADIUS = 12;
    /// Width of a rail.
    private static final double RAIL_WIDTH = 5;

    private LanePainter() {}

    static void paint(DrawingSurface surface, SceneModel scene) {
        for (LaneView lane : scene.lanes()) {
            Id network = lane.network();
            if (network != null) {
                surface.dimUnlessHighlighted(new CanvasElement.Lane(network));
            }
            for (LanePart part : lane.parts()) {
                if (surface.isVisible(part.box())) {
                    paint(surface, lane, part);
                }
            }
            surface.setOpacity(1);
        }
    }

    private static void paint(DrawingSurface surface, LaneView lane, LanePart part) {
        Id network = lane.network();
        boolean selected = network != null && surface.highlights().isSelected(new CanvasElement.Lane(network));
        boolean hovered = network != null && surface.highlights().isHovered(new CanvasElement.Lane(network));
        Color colour = surface.tint(lane.tint());
        Rect box = part.box();
        // An opaque colour: blending a translucent one with each pixel below takes three times as long.
        Color body =
                surface.colour("ground").interpolate(colour, surface.palette().tint("lane"));
        surface.fill(box, RADIUS, body);
        Rect header = new Rect(box.x(), box.y(), box.width(), Dimensions.HEADER);
        surface.fillHeader(
                header, RADIUS, body.interpolate(colour, surface.palette().tint("header")));
        double border = hovered
                ? Math.min(1, 1.6 * surface.palette().tint("border"))
                : surface.palette().tint("border");
        surface.outline(
                box, RADIUS, selected ? colour : DrawingSurface.withOpacity(colour, border), selected ? 2 : 1.2);
        drawTitles(surface, lane, part, colour);
        if (surface.detail() != LevelOfDetail.FAR && network != null) {
            part.rails().forEach(rail -> drawRail(surface, lane, network, part, rail, colour));
        }
        if (lane.empty() && surface.detail() == LevelOfDetail.NEAR) {
            surface.text(
                    Messages.of("picture.noContainers"),
                    Face.TEXT,
                    12,
                    surface.colour("text-muted"),
                    box.x() + Dimensions.LANE_LEFT,
                    box.y() + Dimensions.CARD_TOP + 42,
                    box.width());
        }
        if (network != null && surface.highlights().isFocused(new CanvasElement.Lane(network))) {
            surface.focusRing(box, RADIUS);
        }
    }

    private static void drawTitles(DrawingSurface surface, LaneView lane, LanePart part, Color colour) {
        boolean continued = !part.equals(lane.parts().getFirst());
        Rect box = part.box();
        double left = part.title().x();
        if (surface.detail() != LevelOfDetail.NEAR) {
            double size = Math.min(surface.detail() == LevelOfDetail.FAR ? 60 : 28, 12.5 / surface.scale());
            double baseline = box.y() + Math.max(Dimensions.HEADER / 2 + size * 0.36, size * 1.05);
            surface.text(
                    lane.name(), Face.TITLE, size, surface.colour("text"), box.x() + 16, baseline, box.width() - 32);
            return;
        }
        surface.dot(box.x() + 18, box.y() + Dimensions.HEADER / 2, 5, colour);
        double detail = part.detail().width();
        double subnet = surface.width(lane.subnet(), Face.MONO_STRONG, 12);
        double room = box.right() - 14 - left - (detail > 0 ? detail + 20 : 0) - (subnet > 0 ? subnet + 14 : 0);
        double name = surface.text(lane.name(), Face.TITLE, 14, surface.colour("text"), left, box.y() + 24, room);
        surface.text(lane.subnet(), Face.MONO_STRONG, 12, colour, left + name + 14, box.y() + 24, subnet + 1);
        String right = continued ? Messages.of("picture.continued") : lane.detail();
        surface.textRight(
                right,
                Face.MONO,
                11,
                surface.colour(lane.up() ? "text-muted" : "bad"),
                box.right() - 14,
                box.y() + 23.5,
                box.right() - 14 - left - name - subnet - 28);
    }

    private static void drawRail(
            DrawingSurface surface, LaneView lane, Id network, LanePart part, RailView rail, Color colour) {
        boolean hovered = surface.highlights().isHovered(new CanvasElement.Rail(network));
        Color line = lane.up() ? DrawingSurface.withOpacity(colour, hovered ? 1 : 0.85) : surface.colour("idle");
        if (!rail.equals(part.rails().getFirst())) {
            surface.verticalLine(rail.left(), rail.y() - Dimensions.ROW_PITCH, rail.y(), line, 3);
        }
        if (lane.up()) {
            double end = RAIL_WIDTH / 2;
            Rect whole =
                    new Rect(rail.left() - end, rail.y() - end, rail.right() - rail.left() + RAIL_WIDTH, RAIL_WIDTH);
            surface.fill(whole, end, line);
        } else {
            surface.stroke(line, 3, 8, 6);
            surface.line(rail.left(), rail.y(), rail.right(), rail.y());
        }
        if (rail.gateway()) {
            surface.ring(rail.left(), rail.y(), 8, surface.colour("ground"), line, 3);
            surface.dot(rail.left(), rail.y(), 3, line);
            if (surface.highlights().isFocused(new CanvasElement.Gateway(network))) {
                surface.focusRing(new Rect(rail.left() - 7, rail.y() - 7, 14, 14), 7);
            }
        }
    }

    static void paintPlugs(DrawingSurface surface, SceneModel scene, Map<CanvasElement, Integer> traffic) {
        if (surface.detail() == LevelOfDetail.FAR) {
            return;
        }
        for (PlugView plug : scene.plugs()) {
            if (surface.isVisible(plug.pill())) {
                surface.dimUnlessHighlighted(new CanvasElement.Card(plug.container()));
                paint(surface, plug, traffic);
            }
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, PlugView plug, Map<CanvasElement, Integer> traffic) {
        CanvasElement element = new CanvasElement.Plug(plug.container(), plug.network());
        boolean strong =
                surface.highlights().isSelected(element) || surface.highlights().isHovered(element);
        Color colour = surface.tint(plug.tint());
        Color line = plug.attached() ? colour : DrawingSurface.withOpacity(colour, 0.5);
        Double cardTop = plug.cardTop();
        if (cardTop != null) {
            if (plug.attached()) {
                double width = 2.5 + CablePainter.WIDTH_PER_TRAFFIC_LEVEL * traffic.getOrDefault(element, 0);
                surface.verticalLine(plug.at().x(), plug.at().y(), cardTop, line, width);
            } else {
                surface.stroke(line, 2, 3, 4);
                surface.line(plug.at().x(), plug.at().y(), plug.at().x(), cardTop);
            }
        }
        surface.ring(plug.at().x(), plug.at().y(), strong ? 6 : 5, surface.colour("ground"), line, 2.5);
        if (surface.detail() == LevelOfDetail.NEAR) {
            Rect pill = plug.pill();
            Color well = surface.colour("well");
            surface.fillWithBorder(pill, 9, well, strong ? colour : well.interpolate(colour, 0.53), 1);
            Color text = plug.attached() ? colour : surface.colour("text-muted");
            surface.textCentred(plug.address(), Face.MONO_STRONG, 11, text, pill);
        }
        if (surface.highlights().isFocused(element)) {
            surface.focusRing(new Rect(plug.at().x() - 5, plug.at().y() - 5, 10, 10), 5);
        }
    }
}
