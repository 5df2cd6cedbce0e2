package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.core.model.Container;
import java.util.IdentityHashMap;
import javafx.scene.paint.Color;

/// Containers: cards first and pins later, so that cables can end between the two layers.
final class CardPainter {
    private static final double RADIUS = 8;
    private static final double INSET = 16;
    /// With at least this many cards, they are drawn as dots when seen from far away.
    private static final int DOTS_FROM = 500;

    private CardPainter() {}

    static void paintCards(DrawingSurface surface, SceneModel scene) {
        if (surface.detail() == LevelOfDetail.FAR && scene.cards().size() >= DOTS_FROM) {
            paintDots(surface, scene);
            return;
        }
        for (CardView card : scene.cards()) {
            if (surface.isVisible(card.box())) {
                surface.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
                paint(surface, card);
            }
        }
        surface.setOpacity(1);
    }

    /// Draws a lane as a grid of dots: a filled dot for each running container, an outlined one for each
    /// stopped one.
    private static void paintDots(DrawingSurface surface, SceneModel scene) {
        double radius = Math.min(34, 3.2 / surface.scale());
        Color idle = surface.colour("idle");
        DrawingSurface.Disc hollow = surface.disc(radius * 1.25, Color.TRANSPARENT, idle, radius * 0.5);
        // A palette has one object for each colour, and a lookup by value takes longer than drawing a
        // dot.
        IdentityHashMap<Color, DrawingSurface.Disc> full = new IdentityHashMap<>();
        for (CardView card : scene.cards()) {
            if (surface.isVisible(card.box())) {
                surface.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
                DrawingSurface.Disc dot = hollow;
                if (card.state() == Container.State.RUNNING) {
                    Color colour = surface.tint(card.tint());
                    dot = full.computeIfAbsent(colour, _ -> surface.disc(radius, colour, colour, 0));
                }
                dot.drawAt(card.box().centreX(), card.box().centreY());
            }
        }
        if (surface.highlights().hasNoMarks()) {
            surface.setOpacity(1);
            return;
        }
        for (CardView card : scene.cards()) {
            CanvasElement element = new CanvasElement.Card(card.container());
            Rect box = card.box();
            surface.dimUnlessHighlighted(element);
            if (surface.highlights().isSelected(element)) {
                surface.dot(box.centreX(), box.centreY(), radius * 1.5, surface.colour("accent"));
            }
            if (surface.highlights().isFocused(element)) {
                surface.focusRing(box, RADIUS);
            }
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, CardView card) {
        CanvasElement element = new CanvasElement.Card(card.container());
        boolean selected = surface.highlights().isSelected(element);
        Rect box = card.box();
        switch (surface.detail()) {
            case FAR -> {
                Color body = selected
                        ? surface.colour("accent")
                        : DrawingSurface.withOpacity(surface.tint(card.tint()), 0.35);
                surface.fill(box, RADIUS, body);
                surface.dot(box.centreX(), box.centreY(), 20, stateColour(surface, card.state()));
            }
            case MIDDLE -> {
                drawFrame(surface, box, element, selected);
                double size = Math.min(26, 11.5 / surface.scale());
                surface.dot(box.x() + INSET + 4, box.centreY(), size * 0.34, stateColour(surface, card.state()));
                double left = INSET + 10 + size * 0.5;
                surface.text(
                        card.name(),
                        Face.STRONG,
                        size,
                        surface.colour("text"),
                        box.x() + left,
                        box.centreY() + size * 0.36,
                        box.width() - left - 8);
            }
            case NEAR -> {
                drawFrame(surface, box, element, selected);
                surface.dot(box.x() + INSET, box.y() + 20, 4.5, stateColour(surface, card.state()));
                double room = box.width() - 2 * INSET;
                surface.text(
                        card.name(),
                        Face.STRONG,
                        13,
                        surface.colour(card.state() == Container.State.RUNNING ? "text" : "text-muted"),
                        box.x() + INSET + 12,
                        box.y() + 25,
                        room - 8);
                surface.text(
                        card.image(), Face.MONO, 11, surface.colour("text-muted"), box.x() + INSET, box.y() + 44, room);
            }
        }
        boolean loose = selected
                || surface.highlights().isHovered(element)
                || surface.highlights().isFocused(element);
        if (loose && surface.detail() == LevelOfDetail.NEAR) {
            surface.ring(
                    card.handle().x(), card.handle().y(), 5, surface.colour("ground"), surface.colour("accent"), 2);
        }
        if (surface.highlights().isFocused(element)) {
            surface.focusRing(box, RADIUS);
        }
    }

    private static void drawFrame(DrawingSurface surface, Rect box, CanvasElement element, boolean selected) {
        Color fill = surface.colour(surface.highlights().isHovered(element) ? "card-hover" : "card");
        surface.fillWithBorder(
                box, RADIUS, fill, surface.colour(selected ? "accent" : "card-border"), selected ? 2 : 1);
    }

    private static Color stateColour(DrawingSurface surface, Container.State state) {
        return surface.colour(
                switch (state) {
                    case RUNNING -> "good";
                    case RESTARTING, PAUSED -> "warning";
                    case CREATED, EXITED, REMOVING, DEAD -> "idle";
                });
    }

    static void paintPins(DrawingSurface surface, SceneModel scene) {
        if (surface.detail() != LevelOfDetail.NEAR) {
            return;
        }
        for (CardView card : scene.cards()) {
            if (!surface.isVisible(card.box())) {
                continue;
            }
            surface.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
            card.pins().forEach(pin -> paint(surface, card, pin));
            if (card.more() > 0) {
                drawPill(surface, card.moreBox(), "+" + card.more(), surface.colour("text-muted"), false, false);
            }
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, CardView card, PinView pin) {
        CanvasElement element = new CanvasElement.Pin(card.container(), pin.port());
        boolean hovered = surface.highlights().isHovered(element);
        Color colour = pin.published() ? surface.tint(pin.tint()) : surface.colour("text-muted");
        drawPill(surface, pin.box(), pin.port().toString(), colour, pin.published(), hovered);
        if (surface.highlights().isFocused(element)) {
            surface.focusRing(pin.box().expanded(-2), pin.box().height() / 2);
        }
    }

    private static void drawPill(
            DrawingSurface surface, Rect box, String text, Color colour, boolean filled, boolean hovered) {
        double radius = box.height() / 2;
        Color well = surface.colour("well");
        Color fill = filled ? well.interpolate(colour, surface.palette().tint("pin")) : well;
        surface.fillWithBorder(box, radius, fill, filled || hovered ? colour : surface.colour("card-border"), 1);
        surface.textCentred(text, filled ? Face.MONO_STRONG : Face.MONO, 11, colour, box);
    }
}
