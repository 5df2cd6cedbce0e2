package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.drag.DragSource;
import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// A drag: the dragged element, its target, and the tooltip beside the pointer.
final class DragPainter {
    private static final double[] DASHES = {7, 5};
    private static final double TITLE_SIZE = 12;
    private static final double LINE_SIZE = 11;
    private static final double LINE_PITCH = 17;
    private static final double PADDING = 12;
    private static final double MAX_WIDTH = 380;
    private static final double POINTER_GAP = 18;
    private static final double EDGE_MARGIN = 8;
    private static final int MAX_LINES = 4;

    private DragPainter() {}

    static void paint(DrawingSurface surface, SceneLayout layout, DragState drag, @Nullable DragTooltip note) {
        SceneModel scene = layout.scene();
        Color colour = surface.colour(drag.action() == null ? "idle" : "accent");
        switch (drag.source()) {
            case DragSource.Handle(Id container) -> drawConnection(surface, layout, drag, container, colour);
            case DragSource.Card(Id container, double _) -> {
                if (drag.action() instanceof DropAction.MoveCard move) {
                    drawOutline(surface, layout.cardBounds(move.lane(), move.slot()), colour);
                } else {
                    drawConnection(surface, layout, drag, container, colour);
                }
            }
            case DragSource.Plug plug ->
                plugsOf(scene, plug).forEach(view -> {
                    Double card = view.cardTop();
                    Point end = card == null ? view.at() : new Point(view.at().x(), card);
                    drawLooseCable(surface, end, drag.position(), colour);
                });
            case DragSource.Pin pin -> drawPin(surface, scene, drag, pin, colour);
            case DragSource.Jack(Id port) ->
                jacksOf(scene, port).forEach(view -> {
                    drawLooseCable(surface, view.jack(), drag.position(), colour);
                    surface.dot(drag.position().x(), drag.position().y(), 2, colour);
                });
            case DragSource.Header header -> {
                Rect box = layout.partBounds(header.network(), header.part());
                double dx = drag.position().x() - drag.start().x();
                double dy = drag.position().y() - drag.start().y();
                Rect moved = drag.action() instanceof DropAction.MoveLane move
                        ? new Rect(move.x(), move.y(), box.width(), box.height())
                        : new Rect(box.x() + dx, box.y() + dy, box.width(), box.height());
                drawOutline(surface, moved, colour);
            }
        }
        if (note != null && !note.plugLabel().isEmpty() && drag.action() instanceof DropAction.Connect to) {
            drawAddress(surface, layout.nextPlugPoint(to.network(), to.container()), note.plugLabel(), colour);
        }
    }

    private static void drawAddress(DrawingSurface surface, Point plug, String text, Color colour) {
        double width = Math.max(38, surface.width(text, Face.MONO_STRONG, 11) + 18);
        Rect pill = new Rect(plug.x() + 6, plug.y() + 8, width, Dimensions.PILL_HEIGHT);
        surface.fillWithBorder(pill, 9, surface.colour("well"), colour, 1);
        surface.textCentred(text, Face.MONO_STRONG, 11, colour, pill);
    }

    private static void drawConnection(
            DrawingSurface surface, SceneLayout layout, DragState drag, Id container, Color colour) {
        CardView card = cardOf(layout.scene(), container);
        if (card == null) {
            return;
        }
        Point start = card.handle();
        Point end = drag.action() instanceof DropAction.Connect to
                ? layout.nextPlugPoint(to.network(), container)
                : drag.position();
        surface.outline(card.box().expanded(1), 9, colour, 2);
        surface.stroke(colour, 2.4, DASHES);
        double reach = Math.max(60, Math.abs(end.x() - start.x()) * 0.6);
        double bow = end.y() > start.y() ? -1 : 1;
        Point before = new Point(end.x(), end.y() + bow * Math.abs(end.y() - start.y()) * 0.7);
        surface.curve(start, new Point(start.x() + reach, start.y()), before, end);
        drawRing(surface, end, colour);
    }

    private static void drawPin(
            DrawingSurface surface, SceneModel scene, DragState drag, DragSource.Pin pin, Color colour) {
        CardView card = cardOf(scene, pin.container());
        if (card == null) {
            return;
        }
        Rect box = card.pins().stream()
                .filter(view -> view.port().equals(pin.port()))
                .map(PinView::box)
                .findFirst()
                .orElse(card.moreBox());
        Rect slot = scene.host().dropSlot();
        boolean there = drag.action() instanceof DropAction.Publish;
        if (there) {
            drawOutline(surface, slot, colour);
            surface.fill(
                    slot,
                    6,
                    DrawingSurface.withOpacity(colour, surface.palette().tint("pin")));
        }
        Point end = there ? new Point(slot.right(), slot.centreY()) : drag.position();
        drawLooseCable(surface, new Point(box.centreX(), box.bottom()), end, colour);
    }

    private static void drawLooseCable(DrawingSurface surface, Point start, Point end, Color colour) {
        surface.stroke(colour, 2.4, DASHES);
        double middle = (start.y() + end.y()) / 2 + 24;
        surface.curve(start, new Point(start.x(), middle), new Point(end.x(), middle), end);
        drawRing(surface, end, colour);
    }

    private static void drawRing(DrawingSurface surface, Point at, Color colour) {
        surface.ring(at.x(), at.y(), 7, surface.colour("ground"), colour, 2.5);
    }

    private static void drawOutline(DrawingSurface surface, Rect box, Color colour) {
        surface.fill(box, 10, DrawingSurface.withOpacity(colour, 0.12));
        surface.stroke(colour, 2, DASHES);
        surface.strokeBorder(box, 10);
    }

    private static @Nullable CardView cardOf(SceneModel scene, Id container) {
        return scene.cards().stream()
                .filter(card -> card.container().equals(container))
                .findFirst()
                .orElse(null);
    }

    private static Stream<PlugView> plugsOf(SceneModel scene, DragSource.Plug plug) {
        return scene.plugs().stream()
                .filter(view -> view.container().equals(plug.container())
                        && view.network().equals(plug.network()));
    }

    private static Stream<JackView> jacksOf(SceneModel scene, Id port) {
        return scene.host().jacks().stream().filter(jack -> jack.element().equals(new CanvasElement.HostPort(port)));
    }

    /// Draws in pixels of the view, so that the text is readable at every zoom.
    ///
    /// @param at the pointer
    static void paintTooltip(DrawingSurface surface, DragTooltip note, Point at, double width, double height) {
        double room = MAX_WIDTH - 2 * PADDING;
        Stream<String> command = note.command().isEmpty() ? Stream.of() : Stream.of(Messages.of("drag.command"));
        List<String> lines = Stream.concat(note.lines().stream(), command)
                .flatMap(line -> wrap(surface, line, room).stream())
                .toList();
        double widest = surface.width(note.title(), Face.STRONG, TITLE_SIZE);
        for (String line : lines) {
            widest = Math.max(widest, surface.width(line, Face.MONO, LINE_SIZE));
        }
        double wide = Math.min(widest, room) + 2 * PADDING;
        double high = 2 * PADDING - 3 + TITLE_SIZE + lines.size() * LINE_PITCH;
        double x =
                at.x() + POINTER_GAP + wide > width - EDGE_MARGIN ? at.x() - POINTER_GAP - wide : at.x() + POINTER_GAP;
        double y = Math.min(at.y() + POINTER_GAP, height - EDGE_MARGIN - high);
        Rect box = new Rect(Math.max(EDGE_MARGIN, Math.rint(x)), Math.max(EDGE_MARGIN, Math.rint(y)), wide, high);
        surface.fillWithBorder(
                box, 7, surface.colour("raised"), surface.colour(note.refused() ? "bad" : "accent"), 1.5);
        double baseline = box.y() + PADDING + TITLE_SIZE - 2;
        surface.text(
                note.title(), Face.STRONG, TITLE_SIZE, surface.colour("text"), box.x() + PADDING, baseline, room + 1);
        Color colour = surface.colour(note.refused() ? "bad" : "text-muted");
        for (int i = 0; i < lines.size(); i++) {
            double below = baseline + (i + 1) * LINE_PITCH;
            surface.text(lines.get(i), Face.MONO, LINE_SIZE, colour, box.x() + PADDING, below, room + 1);
        }
    }

    private static List<String> wrap(DrawingSurface surface, String text, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && surface.width(line + " " + word, Face.MONO, LINE_SIZE) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.size() > MAX_LINES ? lines.subList(0, MAX_LINES) : lines;
    }
}
