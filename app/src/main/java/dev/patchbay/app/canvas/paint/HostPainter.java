package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.paint.FontMetricsCache.Face;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.RoutingLine;
import dev.patchbay.app.canvas.scene.SceneModel.SectionTitle;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.text.Messages;
import javafx.scene.paint.Color;

/// The host panel. Its jacks come later than the rest: cables end under them.
final class HostPainter {
    private static final double LEFT = 16;

    private HostPainter() {}

    static void paint(DrawContext ink, HostView host) {
        Rect box = host.box();
        if (!ink.isVisible(box)) {
            return;
        }
        CanvasElement panel = new CanvasElement.HostPanel();
        boolean selected = ink.emphasis().isSelected(panel);
        Color edge = ink.colour(selected ? "accent" : "panel-border");
        ink.fillWithBorder(box, 10, ink.colour("panel"), edge, selected ? 2 : 1);
        if (ink.emphasis().isFocused(panel)) {
            ink.focusRing(box, 10);
        }
        if (ink.detail() != LevelOfDetail.NEAR) {
            double size = Math.min(ink.detail() == LevelOfDetail.FAR ? 60 : 28, 12.5 / ink.scale());
            ink.text("host", Face.TITLE, size, ink.colour("text"), LEFT, size * 1.2, box.width() - 2 * LEFT);
            return;
        }
        Color muted = ink.colour("text-muted");
        ink.text(Messages.of("picture.host"), Face.TITLE, 11, muted, LEFT, 26, 60);
        ink.textRight(host.name(), Face.TEXT, 11, muted, box.right() - LEFT, 26, box.width() - 2 * LEFT - 50);
        host.nics().forEach(nic -> paint(ink, nic));
        if (host.moreNics() > 0 && !host.nics().isEmpty()) {
            Rect last = host.nics().getLast().box();
            String more = Messages.of("picture.more", host.moreNics());
            ink.textRight(more, Face.TEXT, 11, muted, last.right() - 12, last.y() + 22, 60);
        }
        drawTitle(ink, host.ports());
        drawDropSlot(ink, host.dropSlot());
        host.busy().forEach(busy -> paint(ink, busy));
        if (host.moreBusy() > 0) {
            Rect last = host.busy().getLast().box();
            ink.text(
                    Messages.of("picture.more", host.moreBusy()),
                    Face.TEXT,
                    11,
                    muted,
                    last.x() + 12,
                    last.bottom() + 15,
                    120);
        }
        drawTitle(ink, host.routing());
        for (RoutingLine line : host.routingLines()) {
            Boolean state = line.state();
            Color colour = state == null ? muted : ink.colour(state ? "good" : "bad");
            ink.text(line.label(), Face.MONO, 11, ink.colour("text"), LEFT, line.baseline(), 90);
            ink.textRight(line.value(), Face.MONO, 11, colour, box.right() - LEFT, line.baseline(), 110);
        }
        host.unbridgedNetworks().forEach(plain -> paint(ink, plain));
    }

    private static void drawTitle(DrawContext ink, SectionTitle title) {
        ink.text(title.text(), Face.TITLE, 10, ink.colour("text-muted"), LEFT, title.baseline(), 160);
    }

    private static void paint(DrawContext ink, NicView nic) {
        Rect box = nic.box();
        drawWell(ink, box, ink.emphasis().isHovered(nic.element()));
        ink.dot(box.x() + 14, box.y() + 18, 4, ink.colour(nic.up() ? "good" : "idle"));
        ink.text(nic.name(), Face.STRONG, 12, ink.colour("text"), box.x() + 26, box.y() + 22, box.width() - 40);
        double baseline = box.y() + 42;
        for (String address : nic.addresses()) {
            ink.text(address, Face.MONO, 11, ink.colour("text-muted"), box.x() + 14, baseline, box.width() - 28);
            baseline += 16;
        }
        ink.ring(nic.jack().x(), nic.jack().y(), 5, ink.colour("ground"), ink.colour("idle"), 2);
        if (ink.emphasis().isFocused(nic.element())) {
            ink.focusRing(box, 6);
        }
    }

    private static void drawWell(DrawContext ink, Rect box, boolean hovered) {
        ink.fillWithBorder(box, 6, ink.colour("well"), ink.colour(hovered ? "slot-border" : "panel-border"), 1);
    }

    private static void drawDropSlot(DrawContext ink, Rect box) {
        CanvasElement slot = new CanvasElement.DropSlot();
        ink.stroke(ink.colour(ink.emphasis().isHovered(slot) ? "accent" : "slot-border"), 1, 4, 4);
        ink.strokeBorder(box.expanded(-0.5), 6);
        ink.textCentred(Messages.of("picture.drop"), Face.TEXT, 11, ink.colour("text-muted"), box);
        if (ink.emphasis().isFocused(slot)) {
            ink.focusRing(box, 6);
        }
    }

    /// Grey all over: nobody can plug anything in there.
    private static void paint(DrawContext ink, BusyView busy) {
        Rect box = busy.box();
        if (ink.emphasis().isHovered(busy.element())) {
            ink.fill(box, 4, ink.colour("well"));
        }
        Color muted = ink.colour("text-muted");
        double baseline = box.centreY() + 4;
        ink.text(String.valueOf(busy.element().port()), Face.MONO, 11, muted, box.x() + 12, baseline, 42);
        ink.text(busy.element().protocol().toString(), Face.MONO, 11, muted, box.x() + 56, baseline, 24);
        ink.textRight(busy.owner(), Face.TEXT, 11, muted, box.right() - 14, baseline, 70);
        if (ink.emphasis().isFocused(busy.element())) {
            ink.focusRing(box, 4);
        }
    }

    private static void paint(DrawContext ink, UnbridgedNetworkView plain) {
        Rect box = plain.box();
        CanvasElement element = plain.element();
        if (ink.emphasis().isSelected(element) || ink.emphasis().isHovered(element)) {
            ink.fill(box, 6, ink.colour("picked"));
        }
        ink.text(plain.name(), Face.STRONG, 12, ink.colour("text"), LEFT, box.y() + 15.5, 80);
        String count = Messages.count("picture.containers", plain.containers());
        ink.textRight(count, Face.TEXT, 11, ink.colour("text-muted"), box.right() - 8, box.y() + 15.5, 90);
        if (ink.emphasis().isFocused(element)) {
            ink.focusRing(box.expanded(-2), 6);
        }
    }

    static void paintJacks(DrawContext ink, HostView host) {
        for (JackView jack : host.jacks()) {
            if (ink.isVisible(jack.box())) {
                ink.dimUnlessHighlighted(jack.element());
                paint(ink, jack);
            }
        }
        ink.g().setGlobalAlpha(1);
    }

    private static void paint(DrawContext ink, JackView jack) {
        Rect box = jack.box();
        Color colour = jack.inForce() ? ink.tint(jack.tint()) : ink.colour("idle");
        boolean selected = ink.emphasis().isSelected(jack.element());
        if (ink.detail() != LevelOfDetail.FAR) {
            boolean hovered = ink.emphasis().isHovered(jack.element());
            Color edge = selected ? colour : ink.colour(hovered ? "slot-border" : "panel-border");
            ink.fillWithBorder(box, 6, ink.colour(selected ? "picked" : "well"), edge, selected ? 1.5 : 1);
        }
        if (ink.detail() == LevelOfDetail.MIDDLE) {
            double size = Math.min(24, 11 / ink.scale());
            Rect room = new Rect(box.x(), box.y(), box.width() - 12, box.height());
            ink.textCentred(jack.ports().toString(), Face.MONO_STRONG, size, ink.colour("text"), room);
        }
        if (ink.detail() == LevelOfDetail.NEAR) {
            Color muted = ink.colour("text-muted");
            double baseline = box.centreY() + 4.5;
            Color number = ink.colour(jack.inForce() ? "text" : "text-muted");
            ink.text(jack.ports().toString(), Face.MONO_STRONG, 13, number, box.x() + 12, baseline, 44);
            ink.text(jack.protocol().toString(), Face.MONO, 11, muted, box.x() + 56, baseline, 24);
            ink.textRight(jack.address(), Face.MONO, 11, muted, box.right() - 14, baseline, 70);
        }
        ink.ring(jack.jack().x(), jack.jack().y(), 6, ink.colour("ground"), colour, 2.5);
        if (ink.detail() != LevelOfDetail.FAR) {
            ink.dot(jack.jack().x(), jack.jack().y(), 2, colour);
        }
        if (ink.emphasis().isFocused(jack.element())) {
            ink.focusRing(box, 6);
        }
    }
}
