package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.canvas.scene.Sizes;
import dev.patchbay.app.model.Labels;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One network's boxes, rails and plugs.
final class LaneLayout {
    private static final double TEXT_LEFT = 32;
    private static final double TEXT_RIGHT = 14;
    private static final double TEXT_GAP = 14;

    private LaneLayout() {}

    static LaneView lane(Network network, LanePlace place, Tint tint) {
        String name = Labels.inert(network.name());
        Cidr subnet = network.subnet();
        String subnetText = subnet == null ? "" : subnet.toString();
        double title = Labels.titleWidth(name) + TEXT_GAP + Labels.monoWidth(subnetText, 12);
        double room = place.parts().getFirst().box().width() - TEXT_LEFT - TEXT_RIGHT - title - TEXT_GAP;
        String detail = details(network)
                .filter(text -> Labels.monoWidth(text, 11) <= room)
                .findFirst()
                .orElse("");
        List<LanePart> parts = new ArrayList<>();
        for (Part part : place.parts()) {
            parts.add(part(part, title, parts.isEmpty() ? Labels.monoWidth(detail, 11) : 0, parts.isEmpty()));
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

    /// From the fullest text to the shortest.
    private static Stream<String> details(Network network) {
        InetAddress gateway = network.gateway();
        List<String> full = new ArrayList<>();
        if (gateway != null) {
            full.add(Messages.of("picture.gateway", Addresses.format(gateway)));
        }
        full.add(Labels.inert(network.bridge()));
        if (!network.bridgeUp()) {
            full.add(Messages.of("picture.bridgeDown"));
        }
        if (network.internal()) {
            full.add(Messages.of("picture.internal"));
        }
        return Stream.iterate(full, words -> !words.isEmpty(), words -> words.subList(1, words.size()))
                .map(words -> String.join(" · ", words));
    }

    private static LanePart part(Part part, double title, double detail, boolean first) {
        Box box = part.box();
        List<RailView> rails = new ArrayList<>();
        for (int row = 0; row < part.rows(); row++) {
            rails.add(new RailView(
                    box.x() + Sizes.RAIL_INSET,
                    box.right() - Sizes.RAIL_INSET,
                    box.y() + Sizes.RAIL + row * Sizes.ROW_PITCH,
                    first && row == 0));
        }
        return new LanePart(box, titleBox(box, title), detailBox(box, detail), rails);
    }

    private static Box titleBox(Box box, double width) {
        double room = box.width() - TEXT_LEFT - TEXT_RIGHT;
        return new Box(box.x() + TEXT_LEFT, box.y() + 8, Math.min(width, room), Sizes.HEADER - 16);
    }

    private static Box detailBox(Box box, double width) {
        return new Box(box.right() - TEXT_RIGHT - width, box.y() + 8, width, Sizes.HEADER - 16);
    }

    static Box cardBox(LanePlace place, Slot slot) {
        Part part = place.parts().get(slot.part());
        return new Box(
                unitLeft(part, slot),
                part.y() + Sizes.CARD_TOP + slot.row() * Sizes.ROW_PITCH,
                Sizes.CARD_WIDTH,
                Sizes.CARD_HEIGHT);
    }

    static PlugView plug(Network network, LanePlace place, Slot slot, Endpoint endpoint, Tint tint) {
        Part part = place.parts().get(slot.part());
        double rail = part.y() + Sizes.RAIL + slot.row() * Sizes.ROW_PITCH;
        Cidr address = endpoint.address();
        String label = address == null
                ? Messages.of("picture.noAddress")
                : Labels.inSubnet(address.address(), network.subnet());
        double width = Math.max(38, Labels.monoWidth(label, 11) + 18);
        if (slot.card()) {
            Box card = cardBox(place, slot);
            Point at = new Point(card.centreX(), rail);
            Box pill = new Box(at.x() + 8, rail + 4, width, Sizes.PILL_HEIGHT);
            return new PlugView(slot.container(), network.id(), at, label, pill, card.y(), tint, endpoint.attached());
        }
        Point at = plugPoint(place, slot);
        Box pill = new Box(at.x() + 6, rail + 8, Math.min(width, Sizes.UNIT - 26), Sizes.PILL_HEIGHT);
        return new PlugView(slot.container(), network.id(), at, label, pill, null, tint, endpoint.attached());
    }

    /// Of a plug without a card.
    static Point plugPoint(LanePlace place, Slot slot) {
        Part part = place.parts().get(slot.part());
        return new Point(unitLeft(part, slot) + 24, part.y() + Sizes.RAIL + slot.row() * Sizes.ROW_PITCH);
    }

    private static double unitLeft(Part part, Slot slot) {
        return part.x() + Sizes.LANE_LEFT + slot.unit() * Sizes.UNIT;
    }
}
