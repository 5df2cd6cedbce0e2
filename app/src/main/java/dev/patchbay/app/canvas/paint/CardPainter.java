package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import java.util.IdentityHashMap;
import javafx.scene.paint.Color;

/// Containers: the card first, its pins later, so that a cable may end between the two.
final class CardPainter {
    private static final double RADIUS = 8;
    private static final double INSET = 16;
    /// From so many on, cards cannot be told apart from far.
    private static final int DOTS_FROM = 500;

    private CardPainter() {}

    static void paintCards(DrawContext ink, SceneModel scene) {
        if (ink.detail() == LevelOfDetail.FAR && scene.cards().size() >= DOTS_FROM) {
            paintDots(ink, scene);
            return;
        }
        for (CardView card : scene.cards()) {
            if (ink.isVisible(card.box())) {
                ink.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
                paint(ink, card);
            }
        }
        ink.g().setGlobalAlpha(1);
    }

    /// A lane becomes a grid of dots: full ones run, hollow ones do not.
    private static void paintDots(DrawContext ink, SceneModel scene) {
        double radius = Math.min(34, 3.2 / ink.scale());
        Color idle = ink.colour("idle");
        Sprite hollow = ink.sprite(radius * 1.25, Color.TRANSPARENT, idle, radius * 0.5);
        // A palette has one object for each colour, and to look one up by its parts takes longer than a dot.
        IdentityHashMap<Color, Sprite> full = new IdentityHashMap<>();
        for (CardView card : scene.cards()) {
            if (ink.isVisible(card.box())) {
                ink.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
                Sprite dot = hollow;
                if (card.state() == Container.State.RUNNING) {
                    Color colour = ink.tint(card.tint());
                    dot = full.computeIfAbsent(colour, _ -> ink.sprite(radius, colour, colour, 0));
                }
                dot.drawAt(card.box().centreX(), card.box().centreY());
            }
        }
        if (ink.emphasis().hasNoMarks()) {
            ink.g().setGlobalAlpha(1);
            return;
        }
        for (CardView card : scene.cards()) {
            CanvasElement element = new CanvasElement.Card(card.container());
            Rect box = card.box();
            ink.dimUnlessHighlighted(element);
            if (ink.emphasis().isSelected(element)) {
                ink.dot(box.centreX(), box.centreY(), radius * 1.5, ink.colour("accent"));
            }
            if (ink.emphasis().isFocused(element)) {
                ink.focusRing(box, RADIUS);
            }
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(DrawContext ink, CardView card) {
        CanvasElement element = new CanvasElement.Card(card.container());
        boolean selected = ink.emphasis().isSelected(element);
        Rect box = card.box();
        switch (ink.detail()) {
            case FAR -> {
                Color body = selected ? ink.colour("accent") : DrawContext.withOpacity(ink.tint(card.tint()), 0.35);
                ink.fill(box, RADIUS, body);
                ink.dot(box.centreX(), box.centreY(), 20, stateColour(ink, card.state()));
            }
            case MIDDLE -> {
                drawFrame(ink, box, element, selected);
                double size = Math.min(26, 11.5 / ink.scale());
                ink.dot(box.x() + INSET + 4, box.centreY(), size * 0.34, stateColour(ink, card.state()));
                double left = INSET + 10 + size * 0.5;
                ink.text(
                        card.name(),
                        Face.STRONG,
                        size,
                        ink.colour("text"),
                        box.x() + left,
                        box.centreY() + size * 0.36,
                        box.width() - left - 8);
            }
            case NEAR -> {
                drawFrame(ink, box, element, selected);
                ink.dot(box.x() + INSET, box.y() + 20, 4.5, stateColour(ink, card.state()));
                double room = box.width() - 2 * INSET;
                ink.text(
                        card.name(),
                        Face.STRONG,
                        13,
                        ink.colour(card.state() == Container.State.RUNNING ? "text" : "text-muted"),
                        box.x() + INSET + 12,
                        box.y() + 25,
                        room - 8);
                ink.text(card.image(), Face.MONO, 11, ink.colour("text-muted"), box.x() + INSET, box.y() + 44, room);
            }
        }
        boolean loose =
                selected || ink.emphasis().isHovered(element) || ink.emphasis().isFocused(element);
        if (loose && ink.detail() == LevelOfDetail.NEAR) {
            ink.ring(card.handle().x(), card.handle().y(), 5, ink.colour("ground"), ink.colour("accent"), 2);
        }
        if (ink.emphasis().isFocused(element)) {
            ink.focusRing(box, RADIUS);
        }
    }

    private static void drawFrame(DrawContext ink, Rect box, CanvasElement element, boolean selected) {
        Color heart = ink.colour(ink.emphasis().isHovered(element) ? "card-hover" : "card");
        ink.fillWithBorder(box, RADIUS, heart, ink.colour(selected ? "accent" : "card-border"), selected ? 2 : 1);
    }

    private static Color stateColour(DrawContext ink, Container.State state) {
        return ink.colour(
                switch (state) {
                    case RUNNING -> "good";
                    case RESTARTING, PAUSED -> "warning";
                    case CREATED, EXITED, REMOVING, DEAD -> "idle";
                });
    }

    static void paintPins(DrawContext ink, SceneModel scene) {
        if (ink.detail() != LevelOfDetail.NEAR) {
            return;
        }
        for (CardView card : scene.cards()) {
            if (!ink.isVisible(card.box())) {
                continue;
            }
            ink.dimUnlessHighlighted(new CanvasElement.Card(card.container()));
            card.pins().forEach(pin -> paint(ink, card, pin));
            if (card.more() > 0) {
                drawPill(ink, card.moreBox(), "+" + card.more(), ink.colour("text-muted"), false, false);
            }
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(DrawContext ink, CardView card, PinView pin) {
        CanvasElement element = new CanvasElement.Pin(card.container(), pin.port());
        boolean hovered = ink.emphasis().isHovered(element);
        Color colour = pin.published() ? ink.tint(pin.tint()) : ink.colour("text-muted");
        drawPill(ink, pin.box(), pin.port().toString(), colour, pin.published(), hovered);
        if (ink.emphasis().isFocused(element)) {
            ink.focusRing(pin.box().expanded(-2), pin.box().height() / 2);
        }
    }

    private static void drawPill(
            DrawContext ink, Rect box, String text, Color colour, boolean filled, boolean hovered) {
        double radius = box.height() / 2;
        Color well = ink.colour("well");
        Color heart = filled ? well.interpolate(colour, ink.palette().tint("pin")) : well;
        ink.fillWithBorder(box, radius, heart, filled || hovered ? colour : ink.colour("card-border"), 1);
        ink.textCentred(text, filled ? Face.MONO_STRONG : Face.MONO, 11, colour, box);
    }
}
