package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.Id;
import java.util.Map;
import javafx.scene.paint.Color;

/// Networks: box, header, rails with the gateway's jack, and the plugs on them.
final class LanePainter {
    private static final double RADIUS = 12;
    /// Of a rail.
    private static final double RAIL_WIDTH = 5;

    private LanePainter() {}

    static void paint(DrawContext ink, SceneModel scene) {
        for (LaneView lane : scene.lanes()) {
            Id network = lane.network();
            if (network != null) {
                ink.dimUnlessHighlighted(new CanvasElement.Lane(network));
            }
            for (LanePart part : lane.parts()) {
                if (ink.isVisible(part.box())) {
                    paint(ink, lane, part);
                }
            }
            ink.g().setGlobalAlpha(1);
        }
    }

    private static void paint(DrawContext ink, LaneView lane, LanePart part) {
        Id network = lane.network();
        boolean selected = network != null && ink.emphasis().isSelected(new CanvasElement.Lane(network));
        boolean hovered = network != null && ink.emphasis().isHovered(new CanvasElement.Lane(network));
        Color colour = ink.tint(lane.tint());
        Rect box = part.box();
        // Without a translucent colour: mixing one with each pixel below takes three times as long.
        Color body = ink.colour("ground").interpolate(colour, ink.palette().tint("lane"));
        ink.fill(box, RADIUS, body);
        Rect header = new Rect(box.x(), box.y(), box.width(), Dimensions.HEADER);
        ink.fillHeader(header, RADIUS, body.interpolate(colour, ink.palette().tint("header")));
        double border = hovered
                ? Math.min(1, 1.6 * ink.palette().tint("border"))
                : ink.palette().tint("border");
        ink.outline(box, RADIUS, selected ? colour : DrawContext.withOpacity(colour, border), selected ? 2 : 1.2);
        drawTitles(ink, lane, part, colour);
        if (ink.detail() != LevelOfDetail.FAR && network != null) {
            part.rails().forEach(rail -> drawRail(ink, lane, network, part, rail, colour));
        }
        if (lane.empty() && ink.detail() == LevelOfDetail.NEAR) {
            ink.text(
                    Messages.of("picture.noContainers"),
                    Face.TEXT,
                    12,
                    ink.colour("text-muted"),
                    box.x() + Dimensions.LANE_LEFT,
                    box.y() + Dimensions.CARD_TOP + 42,
                    box.width());
        }
        if (network != null && ink.emphasis().isFocused(new CanvasElement.Lane(network))) {
            ink.focusRing(box, RADIUS);
        }
    }

    private static void drawTitles(DrawContext ink, LaneView lane, LanePart part, Color colour) {
        boolean continued = !part.equals(lane.parts().getFirst());
        Rect box = part.box();
        double left = part.title().x();
        if (ink.detail() != LevelOfDetail.NEAR) {
            double size = Math.min(ink.detail() == LevelOfDetail.FAR ? 60 : 28, 12.5 / ink.scale());
            double baseline = box.y() + Math.max(Dimensions.HEADER / 2 + size * 0.36, size * 1.05);
            ink.text(lane.name(), Face.TITLE, size, ink.colour("text"), box.x() + 16, baseline, box.width() - 32);
            return;
        }
        ink.dot(box.x() + 18, box.y() + Dimensions.HEADER / 2, 5, colour);
        double detail = part.detail().width();
        double subnet = ink.width(lane.subnet(), Face.MONO_STRONG, 12);
        double room = box.right() - 14 - left - (detail > 0 ? detail + 20 : 0) - (subnet > 0 ? subnet + 14 : 0);
        double name = ink.text(lane.name(), Face.TITLE, 14, ink.colour("text"), left, box.y() + 24, room);
        ink.text(lane.subnet(), Face.MONO_STRONG, 12, colour, left + name + 14, box.y() + 24, subnet + 1);
        String right = continued ? Messages.of("picture.continued") : lane.detail();
        ink.textRight(
                right,
                Face.MONO,
                11,
                ink.colour(lane.up() ? "text-muted" : "bad"),
                box.right() - 14,
                box.y() + 23.5,
                box.right() - 14 - left - name - subnet - 28);
    }

    private static void drawRail(
            DrawContext ink, LaneView lane, Id network, LanePart part, RailView rail, Color colour) {
        boolean hovered = ink.emphasis().isHovered(new CanvasElement.Rail(network));
        Color line = lane.up() ? DrawContext.withOpacity(colour, hovered ? 1 : 0.85) : ink.colour("idle");
        if (!rail.equals(part.rails().getFirst())) {
            ink.verticalLine(rail.left(), rail.y() - Dimensions.ROW_PITCH, rail.y(), line, 3);
        }
        if (lane.up()) {
            double end = RAIL_WIDTH / 2;
            Rect whole =
                    new Rect(rail.left() - end, rail.y() - end, rail.right() - rail.left() + RAIL_WIDTH, RAIL_WIDTH);
            ink.fill(whole, end, line);
        } else {
            ink.stroke(line, 3, 8, 6);
            ink.line(rail.left(), rail.y(), rail.right(), rail.y());
        }
        if (rail.gateway()) {
            ink.ring(rail.left(), rail.y(), 8, ink.colour("ground"), line, 3);
            ink.dot(rail.left(), rail.y(), 3, line);
            if (ink.emphasis().isFocused(new CanvasElement.Gateway(network))) {
                ink.focusRing(new Rect(rail.left() - 7, rail.y() - 7, 14, 14), 7);
            }
        }
    }

    static void paintPlugs(DrawContext ink, SceneModel scene, Map<CanvasElement, Integer> traffic) {
        if (ink.detail() == LevelOfDetail.FAR) {
            return;
        }
        for (PlugView plug : scene.plugs()) {
            if (ink.isVisible(plug.pill())) {
                ink.dimUnlessHighlighted(new CanvasElement.Card(plug.container()));
                paint(ink, plug, traffic);
            }
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(DrawContext ink, PlugView plug, Map<CanvasElement, Integer> traffic) {
        CanvasElement element = new CanvasElement.Plug(plug.container(), plug.network());
        boolean strong = ink.emphasis().isSelected(element) || ink.emphasis().isHovered(element);
        Color colour = ink.tint(plug.tint());
        Color line = plug.attached() ? colour : DrawContext.withOpacity(colour, 0.5);
        Double cardTop = plug.cardTop();
        if (cardTop != null) {
            if (plug.attached()) {
                double width = 2.5 + CablePainter.WIDTH_PER_TRAFFIC_LEVEL * traffic.getOrDefault(element, 0);
                ink.verticalLine(plug.at().x(), plug.at().y(), cardTop, line, width);
            } else {
                ink.stroke(line, 2, 3, 4);
                ink.line(plug.at().x(), plug.at().y(), plug.at().x(), cardTop);
            }
        }
        ink.ring(plug.at().x(), plug.at().y(), strong ? 6 : 5, ink.colour("ground"), line, 2.5);
        if (ink.detail() == LevelOfDetail.NEAR) {
            Rect pill = plug.pill();
            Color well = ink.colour("well");
            ink.fillWithBorder(pill, 9, well, strong ? colour : well.interpolate(colour, 0.53), 1);
            Color text = plug.attached() ? colour : ink.colour("text-muted");
            ink.textCentred(plug.address(), Face.MONO_STRONG, 11, text, pill);
        }
        if (ink.emphasis().isFocused(element)) {
            ink.focusRing(new Rect(plug.at().x() - 5, plug.at().y() - 5, 10, 10), 5);
        }
    }
}
