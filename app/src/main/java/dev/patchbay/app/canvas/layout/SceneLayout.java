package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.SceneModel.CableView;
import dev.patchbay.app.canvas.layout.SceneModel.CardView;
import dev.patchbay.app.canvas.layout.SceneModel.HostView;
import dev.patchbay.app.canvas.layout.SceneModel.LaneView;
import dev.patchbay.app.canvas.layout.SceneModel.PlugView;
import dev.patchbay.app.canvas.layout.SceneModel.Tint;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays a whole topology out.
///
/// @param arrangement to be handed in with the next topology of the same host
public record SceneLayout(SceneModel scene, Arrangement arrangement) {

    /// @param before the arrangement of the last scene, or [Arrangement#none]
    public static SceneLayout of(Topology topology, Arrangement before) {
        Arrangement arrangement = Placement.update(topology, before);
        List<LaneView> lanes = new ArrayList<>();
        List<CardView> cards = new ArrayList<>();
        List<PlugView> plugs = new ArrayList<>();
        arrangement.lanes().forEach((id, place) -> {
            Network network = topology.network(id);
            Tint tint = tint(topology, arrangement, id);
            lanes.add(network == null ? LaneLayout.tray(place) : LaneLayout.lane(network, place, tint));
        });
        for (Container container : topology.containers()) {
            Id home = arrangement.homes().getOrDefault(container.id(), Arrangement.TRAY);
            LanePlace place = arrangement.lanes().get(home);
            Slot slot = place == null ? null : LaneLayout.slotOf(place, container.id());
            if (place != null && slot != null) {
                cards.add(CardLayout.card(
                        container,
                        LaneLayout.cardBox(place, slot),
                        tint(topology, arrangement, home),
                        binding -> tint(topology, arrangement, Networks.of(topology, binding))));
            }
            container.endpoints().forEach(endpoint -> addPlug(topology, arrangement, container, endpoint, plugs));
        }
        double bottom = lanes.stream()
                .flatMap(lane -> lane.parts().stream())
                .mapToDouble(part -> part.box().bottom())
                .max()
                .orElse(0);
        HostView host =
                HostLayout.panel(topology, arrangement, bottom, network -> tint(topology, arrangement, network));
        List<CableView> cables = CableLayout.cables(topology, host, lanes, cards, plugs);
        return new SceneLayout(
                new SceneModel(host, lanes, cards, plugs, cables, bounds(host, lanes, cables)), arrangement);
    }

    private static void addPlug(
            Topology topology, Arrangement arrangement, Container container, Endpoint endpoint, List<PlugView> plugs) {
        Network network = topology.network(endpoint.network());
        LanePlace place = arrangement.lanes().get(endpoint.network());
        Slot slot = place == null ? null : LaneLayout.slotOf(place, container.id());
        if (network != null && place != null && slot != null) {
            plugs.add(LaneLayout.plug(network, place, slot, endpoint, tint(topology, arrangement, network.id())));
        }
    }

    private static Tint tint(Topology topology, Arrangement arrangement, @Nullable Id id) {
        Network network = id == null ? null : topology.network(id);
        LanePlace place = id == null ? null : arrangement.lanes().get(id);
        if (network == null || place == null) {
            return new Tint.OfNoNetwork();
        }
        return place.colour() == 0 ? new Tint.OfDefaultBridge() : new Tint.OfNetwork(place.colour());
    }

    private static Box bounds(HostView host, List<LaneView> lanes, List<CableView> cables) {
        Box bounds = host.box();
        for (LaneView lane : lanes) {
            for (SceneModel.LanePart part : lane.parts()) {
                bounds = bounds.union(part.box());
            }
        }
        for (CableView cable : cables) {
            for (Point corner : cable.route()) {
                bounds = bounds.union(new Box(corner.x(), corner.y(), 0, 0));
            }
        }
        return bounds;
    }
}
