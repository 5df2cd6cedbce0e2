package dev.patchbay.app.export;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.RoutingLine;
import dev.patchbay.app.canvas.scene.SceneModel.SectionTitle;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.export.SvgWriter.Face;
import dev.patchbay.app.text.Messages;
import java.util.Locale;

/// The host panel of the picture.
final class SvgHostPanel {
    private static final double LEFT = 16;

    private SvgHostPanel() {}

    static void panel(SvgWriter svg, HostView host) {
        Rect box = host.box();
        String muted = svg.colour("text-muted");
        svg.rect(box, 10, svg.colour("panel"), svg.colour("panel-border"), 1);
        svg.text(Messages.of("overview.host").toUpperCase(Locale.ROOT), Face.TITLE, 11, muted, LEFT, 26, 60);
        svg.textRight(host.name(), Face.TEXT, 11, muted, box.right() - LEFT, 26, box.width() - 2 * LEFT - 50);
        for (NicView nic : host.nics()) {
            Rect at = nic.box();
            svg.rect(at, 6, svg.colour("well"), svg.colour("panel-border"), 1);
            svg.circle(at.x() + 14, at.y() + 18, 4, svg.colour(nic.up() ? "good" : "idle"), "none", 0);
            svg.text(nic.name(), Face.STRONG, 12, svg.colour("text"), at.x() + 26, at.y() + 22, at.width() - 40);
            double baseline = at.y() + 42;
            for (String address : nic.addresses()) {
                svg.text(address, Face.MONO, 11, muted, at.x() + 14, baseline, at.width() - 28);
                baseline += 16;
            }
            svg.circle(nic.jack().x(), nic.jack().y(), 5, svg.colour("ground"), svg.colour("idle"), 2);
        }
        title(svg, host.ports());
        host.busy().forEach(busy -> busy(svg, busy));
        title(svg, host.routing());
        for (RoutingLine line : host.routingLines()) {
            Boolean state = line.state();
            String colour = state == null ? muted : svg.colour(state ? "good" : "bad");
            svg.text(line.label(), Face.MONO, 11, svg.colour("text"), LEFT, line.baseline(), 90);
            svg.textRight(line.value(), Face.MONO, 11, colour, box.right() - LEFT, line.baseline(), 110);
        }
        for (UnbridgedNetworkView plain : host.unbridgedNetworks()) {
            Rect at = plain.box();
            svg.text(plain.name(), Face.STRONG, 12, svg.colour("text"), LEFT, at.y() + 15.5, 80);
            String count = Messages.count("overview.containerCount", plain.containers());
            svg.textRight(count, Face.TEXT, 11, muted, box.right() - LEFT, at.y() + 15.5, 100);
        }
    }

    private static void busy(SvgWriter svg, BusyView busy) {
        Rect at = busy.box();
        String muted = svg.colour("text-muted");
        double baseline = at.y() + at.height() / 2 + 4;
        svg.text(String.valueOf(busy.element().port()), Face.MONO, 11, muted, at.x() + 12, baseline, 42);
        svg.text(busy.element().protocol().toString(), Face.MONO, 11, muted, at.x() + 56, baseline, 32);
        svg.textRight(busy.owner(), Face.TEXT, 11, muted, at.right() - 14, baseline, 70);
    }

    private static void title(SvgWriter svg, SectionTitle title) {
        svg.text(title.text(), Face.TITLE, 10, svg.colour("text-muted"), LEFT, title.baseline(), 160);
    }

    static void jacks(SvgWriter svg, HostView host) {
        for (JackView jack : host.jacks()) {
            Rect at = jack.box();
            String colour = jack.inForce() ? svg.tint(jack.tint()) : svg.colour("idle");
            String muted = svg.colour("text-muted");
            double baseline = at.y() + at.height() / 2 + 4.5;
            svg.rect(at, 6, svg.colour("well"), svg.colour("panel-border"), 1);
            String number = svg.colour(jack.inForce() ? "text" : "text-muted");
            svg.text(jack.ports().toString(), Face.MONO_STRONG, 13, number, at.x() + 12, baseline, 44);
            svg.text(jack.protocol().toString(), Face.MONO, 11, muted, at.x() + 56, baseline, 32);
            svg.textRight(jack.address(), Face.MONO, 11, muted, at.right() - 14, baseline, 70);
            svg.circle(jack.jack().x(), jack.jack().y(), 6, svg.colour("ground"), colour, 2.5);
            svg.circle(jack.jack().x(), jack.jack().y(), 2, colour, "none", 0);
        }
    }
}
