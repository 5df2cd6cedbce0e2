package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lays out one network's boxes, rails and plugs.
final class LaneLayout {
    private static final double TEXT_LEFT = 32;
    private static final double TEXT_RIGHT = 14;
    private static final double TEXT_GAP = 14;

    private LaneLayout() {}

    static LaneView lane(Network network, LanePlace place, Tint tint) {
        String name = SafeText.escapeAndShorten(network.name());
        Cidr subnet = network.subnet();
        String subnetText = subnet == null ? "" : subnet.toString();
        double title = SafeText.titleWidth(name) + TEXT_GAP + SafeText.monoWidth(subnetText, 12);
        double room = place.parts().getFirst().box().width() - TEXT_LEFT - TEXT_RIGHT - title - TEXT_GAP;
        String detail = details(network)
                .filter(text -> SafeText.monoWidth(text, 11) <= room)
                .findFirst()
                .orElse("");
        List<LanePart> parts = new ArrayList<>();
        for (Part part : place.parts()) {
            parts.add(part(
                    part,
                    title,
                    parts.isEmpty() ? SafeText.monoWidth(detail, 11) : 0,
                    parts.isEmpty() && !network.driver().isForeign()));
        }
        return new LaneView(
                network.id(),
                name,
                subnetText,
                detail,
                tint,
                network.bridgeUp(),
                place.slots().isEmpty(),
                parts);
    }

    static LaneView tray(LanePlace place) {
        List<LanePart> parts = place.parts().stream()
                .map(part -> new LanePart(part.box(), titleBox(part.box(), 180), detailBox(part.box(), 0), List.of()))
                .toList();
        return new LaneView(
                null, Messages.of("picture.notConnected"), "", "", new Tint.OfNoNetwork(), true, false, parts);
    }

    /// Texts from the longest to the shortest; the first that fits is used.
    private static Stream<String> details(Network network) {
        InetAddress gateway = network.gateway();
        List<String> full = new ArrayList<>();
        if (gateway != null) {
            full.add(Messages.of("picture.gateway", Addresses.format(gateway)));
        }
        if (network.driver().isForeign()) {
            full.add(SafeText.escapeAndShorten(network.driver().name()));
        }
        if (!network.bridge().isEmpty() || !network.driver().isForeign()) {
            full.add(SafeText.escapeAndShorten(network.bridge()));
        }
        if (!network.bridgeUp()) {
            full.add(Messages.of("picture.bridgeDown"));
        }
        if (network.internal()) {
            full.add(Messages.of("picture.internal"));
        }
        return Stream.iterate(full, words -> !words.isEmpty(), words -> words.subList(1, words.size()))
                .map(words -> String.join(" · ", words));
    }

    private static LanePart part(Part part, double title, double detail, boolean hasGateway) {
        Rect box = part.box();
        List<RailView> rails = new ArrayList<>();
        for (int row = 0; row < part.rows(); row++) {
            rails.add(new RailView(
                    box.x() + Dimensions.RAIL_INSET,
                    box.right() - Dimensions.RAIL_INSET,
                    box.y() + Dimensions.RAIL + row * Dimensions.ROW_PITCH,
                    hasGateway && row == 0));
        }
        return new LanePart(box, titleBox(box, title), detailBox(box, detail), rails);
    }

    private static Rect titleBox(Rect box, double width) {
        double room = box.width() - TEXT_LEFT - TEXT_RIGHT;
        return new Rect(box.x() + TEXT_LEFT, box.y() + 8, Math.min(width, room), Dimensions.HEADER - 16);
    }

    private static Rect detailBox(Rect box, double width) {
        return new Rect(box.right() - TEXT_RIGHT - width, box.y() + 8, width, Dimensions.HEADER - 16);
    }

    static Rect cardBox(LanePlace place, Slot slot) {
        Part part = place.parts().get(slot.part());
        return new Rect(
                unitLeft(part, slot),
                part.y() + Dimensions.CARD_TOP + slot.row() * Dimensions.ROW_PITCH,
                Dimensions.CARD_WIDTH,
                Dimensions.CARD_HEIGHT);
    }

    static PlugView plug(Network network, LanePlace place, Slot slot, Endpoint endpoint, Tint tint) {
        Part part = place.parts().get(slot.part());
        double rail = part.y() + Dimensions.RAIL + slot.row() * Dimensions.ROW_PITCH;
        Cidr address = endpoint.address();
        String label = address == null
                ? Messages.of("picture.noAddress")
                : SafeText.addressInSubnet(address.address(), network.subnet());
        double width = Math.max(38, SafeText.monoWidth(label, 11) + 18);
        if (slot.card()) {
            Rect card = cardBox(place, slot);
            Point at = new Point(card.centreX(), rail);
            Rect pill = new Rect(at.x() + 8, rail + 4, width, Dimensions.PILL_HEIGHT);
            return new PlugView(slot.container(), network.id(), at, label, pill, card.y(), tint, endpoint.attached());
        }
        Point at = plugPoint(place, slot);
        Rect pill = new Rect(at.x() + 6, rail + 8, Math.min(width, Dimensions.UNIT - 26), Dimensions.PILL_HEIGHT);
        return new PlugView(slot.container(), network.id(), at, label, pill, null, tint, endpoint.attached());
    }

    /// The point of a plug without a card.
    static Point plugPoint(LanePlace place, Slot slot) {
        Part part = place.parts().get(slot.part());
        return new Point(unitLeft(part, slot) + 24, part.y() + Dimensions.RAIL + slot.row() * Dimensions.ROW_PITCH);
    }

    private static double unitLeft(Part part, Slot slot) {
        return part.x() + Dimensions.LANE_LEFT + slot.unit() * Dimensions.UNIT;
    }
}
