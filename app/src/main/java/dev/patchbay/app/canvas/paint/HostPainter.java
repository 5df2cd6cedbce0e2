package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.RoutingLine;
import dev.patchbay.app.canvas.scene.SceneModel.SectionTitle;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import dev.patchbay.app.text.Messages;
import javafx.scene.paint.Color;

/// The host panel. Its jacks are painted after the cables, which end below them.
final class HostPainter {
    private static final double LEFT = 16;

    private HostPainter() {}

    static void paint(DrawingSurface surface, HostView host) {
        Rect box = host.box();
        if (!surface.isVisible(box)) {
            return;
        }
        CanvasElement panel = new CanvasElement.HostPanel();
        boolean selected = surface.highlights().isSelected(panel);
        Color edge = surface.colour(selected ? "accent" : "panel-border");
        surface.fillWithBorder(box, 10, surface.colour("panel"), edge, selected ? 2 : 1);
        if (surface.highlights().isFocused(panel)) {
            surface.focusRing(box, 10);
        }
        if (surface.detail() != LevelOfDetail.NEAR) {
            double size = Math.min(surface.detail() == LevelOfDetail.FAR ? 60 : 28, 12.5 / surface.scale());
            surface.text("host", Face.TITLE, size, surface.colour("text"), LEFT, size * 1.2, box.width() - 2 * LEFT);
            return;
        }
        Color muted = surface.colour("text-muted");
        surface.text(Messages.of("picture.host"), Face.TITLE, 11, muted, LEFT, 26, 60);
        surface.textRight(host.name(), Face.TEXT, 11, muted, box.right() - LEFT, 26, box.width() - 2 * LEFT - 50);
        host.nics().forEach(nic -> paint(surface, nic));
        if (host.moreNics() > 0 && !host.nics().isEmpty()) {
            Rect last = host.nics().getLast().box();
            String more = Messages.of("picture.more", host.moreNics());
            surface.textRight(more, Face.TEXT, 11, muted, last.right() - 12, last.y() + 22, 60);
        }
        drawTitle(surface, host.ports());
        drawDropSlot(surface, host.dropSlot());
        host.busy().forEach(busy -> paint(surface, busy));
        if (host.moreBusy() > 0) {
            Rect last = host.busy().getLast().box();
            surface.text(
                    Messages.of("picture.more", host.moreBusy()),
                    Face.TEXT,
                    11,
                    muted,
                    last.x() + 12,
                    last.bottom() + 15,
                    120);
        }
        drawTitle(surface, host.routing());
        for (RoutingLine line : host.routingLines()) {
            Boolean state = line.state();
            Color colour = state == null ? muted : surface.colour(state ? "good" : "bad");
            surface.text(line.label(), Face.MONO, 11, surface.colour("text"), LEFT, line.baseline(), 90);
            surface.textRight(line.value(), Face.MONO, 11, colour, box.right() - LEFT, line.baseline(), 110);
        }
        host.unbridgedNetworks().forEach(plain -> paint(surface, plain));
    }

    private static void drawTitle(DrawingSurface surface, SectionTitle title) {
        surface.text(title.text(), Face.TITLE, 10, surface.colour("text-muted"), LEFT, title.baseline(), 160);
    }

    private static void paint(DrawingSurface surface, NicView nic) {
        Rect box = nic.box();
        drawWell(surface, box, surface.highlights().isHovered(nic.element()));
        surface.dot(box.x() + 14, box.y() + 18, 4, surface.colour(nic.up() ? "good" : "idle"));
        surface.text(nic.name(), Face.STRONG, 12, surface.colour("text"), box.x() + 26, box.y() + 22, box.width() - 40);
        double baseline = box.y() + 42;
        for (String address : nic.addresses()) {
            surface.text(
                    address, Face.MONO, 11, surface.colour("text-muted"), box.x() + 14, baseline, box.width() - 28);
            baseline += 16;
        }
        surface.ring(nic.jack().x(), nic.jack().y(), 5, surface.colour("ground"), surface.colour("idle"), 2);
        if (surface.highlights().isFocused(nic.element())) {
            surface.focusRing(box, 6);
        }
    }

    private static void drawWell(DrawingSurface surface, Rect box, boolean hovered) {
        surface.fillWithBorder(
                box, 6, surface.colour("well"), surface.colour(hovered ? "slot-border" : "panel-border"), 1);
    }

    private static void drawDropSlot(DrawingSurface surface, Rect box) {
        CanvasElement slot = new CanvasElement.DropSlot();
        surface.stroke(surface.colour(surface.highlights().isHovered(slot) ? "accent" : "slot-border"), 1, 4, 4);
        surface.strokeBorder(box.expanded(-0.5), 6);
        surface.textCentred(Messages.of("picture.drop"), Face.TEXT, 11, surface.colour("text-muted"), box);
        if (surface.highlights().isFocused(slot)) {
            surface.focusRing(box, 6);
        }
    }

    /// Painted in grey, because no cable can be plugged in.
    private static void paint(DrawingSurface surface, BusyView busy) {
        Rect box = busy.box();
        if (surface.highlights().isHovered(busy.element())) {
            surface.fill(box, 4, surface.colour("well"));
        }
        Color muted = surface.colour("text-muted");
        double baseline = box.centreY() + 4;
        surface.text(String.valueOf(busy.element().port()), Face.MONO, 11, muted, box.x() + 12, baseline, 42);
        surface.text(busy.element().protocol().toString(), Face.MONO, 11, muted, box.x() + 56, baseline, 24);
        surface.textRight(busy.owner(), Face.TEXT, 11, muted, box.right() - 14, baseline, 70);
        if (surface.highlights().isFocused(busy.element())) {
            surface.focusRing(box, 4);
        }
    }

    private static void paint(DrawingSurface surface, UnbridgedNetworkView plain) {
        Rect box = plain.box();
        CanvasElement element = plain.element();
        if (surface.highlights().isSelected(element) || surface.highlights().isHovered(element)) {
            surface.fill(box, 6, surface.colour("picked"));
        }
        surface.text(plain.name(), Face.STRONG, 12, surface.colour("text"), LEFT, box.y() + 15.5, 80);
        String count = Messages.count("picture.containers", plain.containers());
        surface.textRight(count, Face.TEXT, 11, surface.colour("text-muted"), box.right() - 8, box.y() + 15.5, 90);
        if (surface.highlights().isFocused(element)) {
            surface.focusRing(box.expanded(-2), 6);
        }
    }

    static void paintJacks(DrawingSurface surface, HostView host) {
        for (JackView jack : host.jacks()) {
            if (surface.isVisible(jack.box())) {
                surface.dimUnlessHighlighted(jack.element());
                paint(surface, jack);
            }
        }
        surface.setOpacity(1);
    }

    private static void paint(DrawingSurface surface, JackView jack) {
        Rect box = jack.box();
        Color colour = jack.inForce() ? surface.tint(jack.tint()) : surface.colour("idle");
        boolean selected = surface.highlights().isSelected(jack.element());
        if (surface.detail() != LevelOfDetail.FAR) {
            boolean hovered = surface.highlights().isHovered(jack.element());
            Color edge = selected ? colour : surface.colour(hovered ? "slot-border" : "panel-border");
            surface.fillWithBorder(box, 6, surface.colour(selected ? "picked" : "well"), edge, selected ? 1.5 : 1);
        }
        if (surface.detail() == LevelOfDetail.MIDDLE) {
            double size = Math.min(24, 11 / surface.scale());
            Rect room = new Rect(box.x(), box.y(), box.width() - 12, box.height());
            surface.textCentred(jack.ports().toString(), Face.MONO_STRONG, size, surface.colour("text"), room);
        }
        if (surface.detail() == LevelOfDetail.NEAR) {
            Color muted = surface.colour("text-muted");
            double baseline = box.centreY() + 4.5;
            Color number = surface.colour(jack.inForce() ? "text" : "text-muted");
            surface.text(jack.ports().toString(), Face.MONO_STRONG, 13, number, box.x() + 12, baseline, 44);
            surface.text(jack.protocol().toString(), Face.MONO, 11, muted, box.x() + 56, baseline, 24);
            surface.textRight(jack.address(), Face.MONO, 11, muted, box.right() - 14, baseline, 70);
        }
        surface.ring(jack.jack().x(), jack.jack().y(), 6, surface.colour("ground"), colour, 2.5);
        if (surface.detail() != LevelOfDetail.FAR) {
            surface.dot(jack.jack().x(), jack.jack().y(), 2, colour);
        }
        if (surface.highlights().isFocused(jack.element())) {
            surface.focusRing(box, 6);
        }
    }
}
