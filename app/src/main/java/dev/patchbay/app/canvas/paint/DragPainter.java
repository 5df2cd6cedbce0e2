package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.drag.DragSource;
import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// A drag under way: what it holds, where that would go, and a note beside the pointer.
final class DragPainter {
    private static final double[] DASHES = {7, 5};
    private static final double TITLE = 12;
    private static final double LINE = 11;
    private static final double PITCH = 17;
    private static final double PADDING = 12;
    private static final double WIDEST = 380;
    private static final double BESIDE = 18;
    private static final double EDGE = 8;
    private static final int MOST_LINES = 4;

    private DragPainter() {}

    static void paint(DrawContext ink, SceneLayout layout, DragState aim, @Nullable DragTooltip note) {
        SceneModel scene = layout.scene();
        Color colour = ink.colour(aim.intent() == null ? "idle" : "accent");
        switch (aim.grip()) {
            case DragSource.Handle(Id container) -> connect(ink, layout, aim, container, colour);
            case DragSource.Card(Id container, double _) -> {
                if (aim.intent() instanceof DropAction.MoveCard move) {
                    outline(ink, layout.cardPlace(move.lane(), move.slot()), colour);
                } else {
                    connect(ink, layout, aim, container, colour);
                }
            }
            case DragSource.Plug plug ->
                plug(scene, plug).forEach(view -> {
                    Double card = view.cardTop();
                    Point end = card == null ? view.at() : new Point(view.at().x(), card);
                    loose(ink, end, aim.at(), colour);
                });
            case DragSource.Pin pin -> pin(ink, scene, aim, pin, colour);
            case DragSource.Jack(Id port) ->
                jack(scene, port).forEach(view -> {
                    loose(ink, view.jack(), aim.at(), colour);
                    ink.dot(aim.at().x(), aim.at().y(), 2, colour);
                });
            case DragSource.Header header -> {
                Rect box = layout.partPlace(header.network(), header.part());
                double dx = aim.at().x() - aim.from().x();
                double dy = aim.at().y() - aim.from().y();
                Rect moved = aim.intent() instanceof DropAction.MoveLane move
                        ? new Rect(move.x(), move.y(), box.width(), box.height())
                        : new Rect(box.x() + dx, box.y() + dy, box.width(), box.height());
                outline(ink, moved, colour);
            }
        }
        if (note != null && !note.plug().isEmpty() && aim.intent() instanceof DropAction.Connect to) {
            address(ink, layout.nextPlug(to.network(), to.container()), note.plug(), colour);
        }
    }

    private static void address(DrawContext ink, Point plug, String text, Color colour) {
        double width = Math.max(38, ink.width(text, Face.MONO_STRONG, 11) + 18);
        Rect pill = new Rect(plug.x() + 6, plug.y() + 8, width, Dimensions.PILL_HEIGHT);
        ink.framed(pill, 9, ink.colour("well"), colour, 1);
        ink.textCentred(text, Face.MONO_STRONG, 11, colour, pill);
    }

    private static void connect(DrawContext ink, SceneLayout layout, DragState aim, Id container, Color colour) {
        CardView card = card(layout.scene(), container);
        if (card == null) {
            return;
        }
        Point start = card.handle();
        Point end = aim.intent() instanceof DropAction.Connect to ? layout.nextPlug(to.network(), container) : aim.at();
        ink.outline(card.box().grown(1), 9, colour, 2);
        ink.stroke(colour, 2.4, DASHES);
        double reach = Math.max(60, Math.abs(end.x() - start.x()) * 0.6);
        double bow = end.y() > start.y() ? -1 : 1;
        Point before = new Point(end.x(), end.y() + bow * Math.abs(end.y() - start.y()) * 0.7);
        ink.curve(start, new Point(start.x() + reach, start.y()), before, end);
        ring(ink, end, colour);
    }

    private static void pin(DrawContext ink, SceneModel scene, DragState aim, DragSource.Pin pin, Color colour) {
        CardView card = card(scene, pin.container());
        if (card == null) {
            return;
        }
        Rect box = card.pins().stream()
                .filter(view -> view.port().equals(pin.port()))
                .map(PinView::box)
                .findFirst()
                .orElse(card.moreBox());
        Rect slot = scene.host().dropSlot();
        boolean there = aim.intent() instanceof DropAction.Publish;
        if (there) {
            outline(ink, slot, colour);
            ink.fill(slot, 6, DrawContext.faded(colour, ink.palette().tint("pin")));
        }
        Point end = there ? new Point(slot.right(), slot.centreY()) : aim.at();
        loose(ink, new Point(box.centreX(), box.bottom()), end, colour);
    }

    private static void loose(DrawContext ink, Point start, Point end, Color colour) {
        ink.stroke(colour, 2.4, DASHES);
        double middle = (start.y() + end.y()) / 2 + 24;
        ink.curve(start, new Point(start.x(), middle), new Point(end.x(), middle), end);
        ring(ink, end, colour);
    }

    private static void ring(DrawContext ink, Point at, Color colour) {
        ink.ring(at.x(), at.y(), 7, ink.colour("ground"), colour, 2.5);
    }

    private static void outline(DrawContext ink, Rect box, Color colour) {
        ink.fill(box, 10, DrawContext.faded(colour, 0.12));
        ink.stroke(colour, 2, DASHES);
        ink.edge(box, 10);
    }

    private static @Nullable CardView card(SceneModel scene, Id container) {
        return scene.cards().stream()
                .filter(card -> card.container().equals(container))
                .findFirst()
                .orElse(null);
    }

    private static Stream<PlugView> plug(SceneModel scene, DragSource.Plug plug) {
        return scene.plugs().stream()
                .filter(view -> view.container().equals(plug.container())
                        && view.network().equals(plug.network()));
    }

    private static Stream<JackView> jack(SceneModel scene, Id port) {
        return scene.host().jacks().stream().filter(jack -> jack.element().equals(new CanvasElement.HostPort(port)));
    }

    /// In the view's own pixels, so that it is read at every zoom.
    ///
    /// @param at the pointer
    static void note(DrawContext ink, DragTooltip note, Point at, double width, double height) {
        double room = WIDEST - 2 * PADDING;
        Stream<String> command = note.command().isEmpty() ? Stream.of() : Stream.of(Messages.of("drag.command"));
        List<String> lines = Stream.concat(note.lines().stream(), command)
                .flatMap(line -> wrapped(ink, line, room).stream())
                .toList();
        double widest = ink.width(note.title(), Face.STRONG, TITLE);
        for (String line : lines) {
            widest = Math.max(widest, ink.width(line, Face.MONO, LINE));
        }
        double wide = Math.min(widest, room) + 2 * PADDING;
        double high = 2 * PADDING - 3 + TITLE + lines.size() * PITCH;
        double x = at.x() + BESIDE + wide > width - EDGE ? at.x() - BESIDE - wide : at.x() + BESIDE;
        double y = Math.min(at.y() + BESIDE, height - EDGE - high);
        Rect box = new Rect(Math.max(EDGE, Math.rint(x)), Math.max(EDGE, Math.rint(y)), wide, high);
        ink.framed(box, 7, ink.colour("raised"), ink.colour(note.refused() ? "bad" : "accent"), 1.5);
        double baseline = box.y() + PADDING + TITLE - 2;
        ink.text(note.title(), Face.STRONG, TITLE, ink.colour("text"), box.x() + PADDING, baseline, room + 1);
        Color colour = ink.colour(note.refused() ? "bad" : "text-muted");
        for (int i = 0; i < lines.size(); i++) {
            double below = baseline + (i + 1) * PITCH;
            ink.text(lines.get(i), Face.MONO, LINE, colour, box.x() + PADDING, below, room + 1);
        }
    }

    private static List<String> wrapped(DrawContext ink, String text, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && ink.width(line + " " + word, Face.MONO, LINE) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.size() > MOST_LINES ? lines.subList(0, MOST_LINES) : lines;
    }
}
