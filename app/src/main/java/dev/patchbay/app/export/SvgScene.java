package dev.patchbay.app.export;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.export.SvgWriter.Face;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Palette;
import dev.patchbay.core.model.Container;
import java.util.List;

/// The whole scene as SVG: what the window shows near, with text as text.
public final class SvgScene {
    private static final double MARGIN = 20;
    private static final double BEND = 22;
    private static final double BADGE = 9;

    private final SvgWriter svg;

    private SvgScene(Palette palette) {
        svg = new SvgWriter(palette);
    }

    public static String of(SceneModel scene, Palette palette) {
        SvgScene picture = new SvgScene(palette);
        return picture.draw(scene);
    }

    private String draw(SceneModel scene) {
        svg.startDocument(scene.bounds(), MARGIN, scene.host().name(), "ground");
        SvgHostPanel.panel(svg, scene.host());
        scene.lanes().forEach(this::lane);
        scene.cards().forEach(this::card);
        scene.cables().all().forEach(this::cable);
        scene.plugs().forEach(this::plug);
        scene.cards().forEach(this::pins);
        SvgHostPanel.jacks(svg, scene.host());
        badges(scene);
        return svg.finish();
    }

    private void lane(LaneView lane) {
        for (LanePart part : lane.parts()) {
            Rect box = part.box();
            svg.rect(box, 12, svg.tint(lane.tint(), "lane", "ground"), svg.tint(lane.tint(), "border", "ground"), 1.2);
            svg.path(
                    "M" + coordinates(box.x(), box.y() + Dimensions.HEADER) + "V" + SvgWriter.number(box.y() + 12) + "Q"
                            + coordinates(box.x(), box.y()) + " " + coordinates(box.x() + 12, box.y()) + "H"
                            + SvgWriter.number(box.right() - 12) + "Q" + coordinates(box.right(), box.y()) + " "
                            + coordinates(box.right(), box.y() + 12) + "V"
                            + SvgWriter.number(box.y() + Dimensions.HEADER) + "Z",
                    svg.tint(lane.tint(), "header", "ground"),
                    "none",
                    0);
            titles(lane, part, part.equals(lane.parts().getFirst()));
            part.rails().forEach(rail -> rail(lane, rail));
        }
    }

    private void titles(LaneView lane, LanePart part, boolean first) {
        Rect box = part.box();
        double left = part.title().x();
        svg.circle(box.x() + 18, box.y() + 18, 5, svg.tint(lane.tint()), "none", 0);
        double room = part.title().width() - SvgWriter.width(lane.subnet(), Face.MONO_STRONG, 12) - 14;
        svg.text(lane.name(), Face.TITLE, 14, svg.colour("text"), left, box.y() + 24, room);
        double after = left + Math.min(room, SvgWriter.width(lane.name(), Face.TITLE, 14)) + 14;
        svg.text(lane.subnet(), Face.MONO_STRONG, 12, svg.tint(lane.tint()), after, box.y() + 24, box.width());
        if (first) {
            String colour = svg.colour(lane.up() ? "text-muted" : "bad");
            svg.textRight(
                    lane.detail(),
                    Face.MONO,
                    11,
                    colour,
                    box.right() - 14,
                    box.y() + 23.5,
                    part.detail().width());
        }
    }

    private void rail(LaneView lane, RailView rail) {
        String line = lane.up() ? svg.tint(lane.tint()) : svg.colour("idle");
        svg.path(
                "M" + coordinates(rail.left(), rail.y()) + "H" + SvgWriter.number(rail.right()),
                "none",
                line,
                lane.up() ? 5 : 3,
                "stroke-linecap",
                "round");
        if (rail.gateway()) {
            svg.circle(rail.left(), rail.y(), 8, svg.colour("ground"), line, 3);
            svg.circle(rail.left(), rail.y(), 3, line, "none", 0);
        }
    }

    private void card(CardView card) {
        Rect box = card.box();
        boolean runs = card.state() == Container.State.RUNNING;
        svg.rect(box, 8, svg.colour("card"), svg.colour("card-border"), 1);
        svg.circle(box.x() + 16, box.y() + 20, 4.5, svg.colour(runs ? "good" : "idle"), "none", 0);
        String name = svg.colour(runs ? "text" : "text-muted");
        svg.text(card.name(), Face.STRONG, 13, name, box.x() + 28, box.y() + 25, box.width() - 40);
        svg.text(card.image(), Face.MONO, 11, svg.colour("text-muted"), box.x() + 16, box.y() + 44, box.width() - 32);
    }

    private void pins(CardView card) {
        for (PinView pin : card.pins()) {
            String colour = pin.published() ? svg.tint(pin.tint()) : svg.colour("text-muted");
            String fill = pin.published() ? svg.tint(pin.tint(), "pin", "well") : svg.colour("well");
            String edge = pin.published() ? colour : svg.colour("card-border");
            svg.rect(pin.box(), pin.box().height() / 2, fill, edge, 1);
            Face face = pin.published() ? Face.MONO_STRONG : Face.MONO;
            svg.textCentred(pin.port().toString(), face, 11, colour, pin.box());
        }
        if (card.more() > 0) {
            svg.textCentred("+" + card.more(), Face.MONO, 11, svg.colour("text-muted"), card.moreBox());
        }
    }

    private void plug(PlugView plug) {
        String colour = plug.attached() ? svg.tint(plug.tint()) : svg.colour("idle");
        Double top = plug.cardTop();
        if (top != null) {
            String stem = "M" + coordinates(plug.at().x(), plug.at().y()) + "V" + SvgWriter.number(top);
            if (plug.attached()) {
                svg.path(stem, "none", colour, 2.5);
            } else {
                svg.path(stem, "none", colour, 2, "stroke-dasharray", "3 4");
            }
        }
        svg.circle(plug.at().x(), plug.at().y(), 5, svg.colour("ground"), colour, 2.5);
        svg.rect(plug.pill(), 9, svg.colour("well"), svg.tint(plug.tint(), "border", "ground"), 1);
        svg.textCentred(plug.address(), Face.MONO_STRONG, 11, colour, plug.pill());
    }

    private void cable(CableView cable) {
        String colour = svg.tint(cable.tint());
        double width = switch (cable.kind()) {
            case PUBLISHED -> cable.solid() ? 2.8 : 1.8;
            case ATTACHMENT -> 1.8;
            case TRUNK -> 3.5;
        };
        String way = pathData(cable.route());
        svg.path(way, "none", svg.colour("ground"), width + 2.5, "stroke-opacity", "0.75");
        if (cable.solid()) {
            svg.path(way, "none", colour, width, "stroke-linecap", "round");
        } else {
            svg.path(way, "none", colour, width, "stroke-dasharray", "4 5");
        }
    }

    /// At the corner of what has a problem, as in the window.
    private void badges(SceneModel scene) {
        for (LaneView lane : scene.lanes()) {
            if (lane.network() != null && scene.withProblems().contains(new CanvasElement.Lane(lane.network()))) {
                badge(lane.parts().getFirst().box());
            }
        }
        for (CardView card : scene.cards()) {
            if (scene.withProblems().contains(new CanvasElement.Card(card.container()))) {
                badge(card.box());
            }
        }
    }

    private void badge(Rect corner) {
        double x = corner.right() - BADGE;
        svg.circle(x, corner.y(), BADGE, svg.colour("bad"), svg.colour("ground"), 2);
        Rect middle = new Rect(x - BADGE, corner.y() - BADGE, 2 * BADGE, 2 * BADGE);
        svg.textCentred("!", Face.TITLE, 13, svg.colour("ground"), middle);
    }

    /// Corners become quadratic bends.
    private static String pathData(List<Point> route) {
        StringBuilder d = new StringBuilder("M" + coordinates(route.getFirst()));
        for (int i = 1; i + 1 < route.size(); i++) {
            Point corner = route.get(i);
            Point before = route.get(i - 1);
            Point after = route.get(i + 1);
            double radius = Math.min(BEND, Math.min(corner.distance(before), corner.distance(after)) / 2);
            d.append('L').append(coordinates(pointTowards(corner, before, radius)));
            d.append('Q')
                    .append(coordinates(corner))
                    .append(' ')
                    .append(coordinates(pointTowards(corner, after, radius)));
        }
        return d.append('L').append(coordinates(route.getLast())).toString();
    }

    private static Point pointTowards(Point from, Point to, double by) {
        double distance = from.distance(to);
        double part = distance == 0 ? 0 : by / distance;
        return new Point(from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
    }

    private static String coordinates(Point point) {
        return coordinates(point.x(), point.y());
    }

    private static String coordinates(double x, double y) {
        return SvgWriter.number(x) + "," + SvgWriter.number(y);
    }
}
