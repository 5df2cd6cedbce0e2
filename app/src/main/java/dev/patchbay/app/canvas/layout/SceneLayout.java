package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
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
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lays a whole topology out.
///
/// @param arrangement to be handed in with the next topology of the same host
public record SceneLayout(SceneModel scene, Arrangement arrangement) {

    /// @param before the arrangement of the last scene, or [Arrangement#none]
    public static SceneLayout of(Topology topology, Arrangement before) {
        return of(topology, before, List.of());
    }

    /// @param busy host ports of other processes, sorted
    public static SceneLayout of(Topology topology, Arrangement before, List<Listener> busy) {
        Arrangement arrangement = Placement.update(topology, before);
        Map<Id, Tint> tints = new HashMap<>();
        Map<Id, Network> networks = new HashMap<>();
        List<LaneView> lanes = new ArrayList<>();
        for (Network network : topology.networks()) {
            LanePlace place = arrangement.lanes().get(network.id());
            if (place != null) {
                networks.put(network.id(), network);
                tints.put(
                        network.id(),
                        place.colour() == 0 ? new Tint.OfDefaultBridge() : new Tint.OfNetwork(place.colour()));
            }
        }
        arrangement.lanes().forEach((id, place) -> {
            Network network = networks.get(id);
            lanes.add(network == null ? LaneLayout.tray(place) : LaneLayout.lane(network, place, tintOf(tints, id)));
        });
        List<CardView> cards = new ArrayList<>();
        List<PlugView> plugs = new ArrayList<>();
        for (Container container : topology.containers()) {
            Id home = arrangement.homes().getOrDefault(container.id(), Arrangement.TRAY);
            LanePlace place = arrangement.lanes().get(home);
            Slot slot = place == null ? null : LaneLayout.slotOf(place, container.id());
            if (place != null && slot != null) {
                cards.add(CardLayout.card(
                        container,
                        LaneLayout.cardBox(place, slot),
                        tintOf(tints, home),
                        binding -> tintOf(tints, Networks.of(container, binding))));
            }
            for (Endpoint endpoint : container.endpoints()) {
                LanePlace lane = arrangement.lanes().get(endpoint.network());
                Network network = networks.get(endpoint.network());
                Slot plug = lane == null ? null : LaneLayout.slotOf(lane, container.id());
                if (network != null && lane != null && plug != null) {
                    plugs.add(LaneLayout.plug(network, lane, plug, endpoint, tintOf(tints, network.id())));
                }
            }
        }
        double bottom = lanes.stream()
                .flatMap(lane -> lane.parts().stream())
                .mapToDouble(part -> part.box().bottom())
                .max()
                .orElse(0);
        HostView host = HostLayout.panel(topology, arrangement, busy, bottom, network -> tintOf(tints, network));
        Cables cables = new Cables(() -> CableLayout.cables(topology, host, lanes, cards, plugs));
        return new SceneLayout(
                new SceneModel(
                        host, lanes, cards, plugs, cables, Troubles.of(topology).keySet(), bounds(host, lanes)),
                arrangement);
    }

    /// Where on its rail a container's plug would be if it were connected to this network now.
    public Point nextPlug(Id network, Id container) {
        LaneGrowth ground = new LaneGrowth(arrangement.pageUnits(), arrangement.lanes());
        ground.claim(network, container, false);
        LanePlace place = Objects.requireNonNull(ground.lanes().get(network));
        return LaneLayout.plugPoint(place, place.slots().getLast());
    }

    public Box cardPlace(Id lane, Slot slot) {
        return LaneLayout.cardBox(Objects.requireNonNull(arrangement.lanes().get(lane)), slot);
    }

    public Box partPlace(Id lane, int part) {
        return Objects.requireNonNull(arrangement.lanes().get(lane))
                .parts()
                .get(part)
                .box();
    }

    private static Tint tintOf(Map<Id, Tint> tints, @Nullable Id network) {
        Tint tint = network == null ? null : tints.get(network);
        return tint == null ? new Tint.OfNoNetwork() : tint;
    }

    private static Box bounds(HostView host, List<LaneView> lanes) {
        Box bounds = host.box();
        for (LaneView lane : lanes) {
            for (SceneModel.LanePart part : lane.parts()) {
                bounds = bounds.union(part.box());
            }
        }
        return bounds;
    }
}
