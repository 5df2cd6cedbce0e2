package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.SceneModel.CardView;
import dev.patchbay.app.canvas.layout.SceneModel.LaneView;
import dev.patchbay.app.canvas.layout.SceneModel.PlugView;
import dev.patchbay.app.canvas.layout.SceneModel.Tint;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every lane with what hangs on it. One more container changes one lane, so a lane whose part of the topology is the
/// same as before is taken over as it is.
record Lanes(Map<Id, Tint> tints, Map<Id, Lane> all) {

    Lanes {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        tints = Map.copyOf(tints);
    }

    /// @param network null for the tray
    /// @param containers in the order of the slots
    record Made(@Nullable Network network, LanePlace place, List<Container> containers) {}

    /// @param made what the lane was laid out from
    record Lane(Made made, LaneView view, Map<Id, CardView> cards, Map<Id, PlugView> plugs) {

        static Lane of(Id id, Made made, Map<Id, Tint> tints) {
            Network network = made.network;
            LanePlace place = made.place;
            Tint tint = tintOf(tints, id);
            Map<Id, CardView> cards = new HashMap<>();
            Map<Id, PlugView> plugs = new HashMap<>();
            for (int i = 0; i < place.slots().size(); i++) {
                Slot slot = place.slots().get(i);
                Container container = made.containers.get(i);
                if (slot.card()) {
                    Box box = LaneLayout.cardBox(place, slot);
                    cards.put(
                            container.id(),
                            CardLayout.card(container, box, tint, port -> tintOf(tints, Networks.of(container, port))));
                }
                Endpoint endpoint = container.endpointOn(id);
                if (network != null && endpoint != null) {
                    plugs.put(container.id(), LaneLayout.plug(network, place, slot, endpoint, tint));
                }
            }
            LaneView view = network == null ? LaneLayout.tray(place) : LaneLayout.lane(network, place, tint);
            return new Lane(made, view, Map.copyOf(cards), Map.copyOf(plugs));
        }
    }

    static Lanes none() {
        return new Lanes(Map.of(), Map.of());
    }

    /// The lanes of the next moment. The result is the same whatever stood here before.
    Lanes next(Topology topology, Arrangement arrangement) {
        Map<Id, Network> networks = new HashMap<>();
        Map<Id, Tint> colours = new HashMap<>();
        for (Network network : topology.networks()) {
            LanePlace place = arrangement.lanes().get(network.id());
            if (place != null) {
                networks.put(network.id(), network);
                colours.put(
                        network.id(),
                        place.colour() == 0 ? new Tint.OfDefaultBridge() : new Tint.OfNetwork(place.colour()));
            }
        }
        Map<Id, Container> containers = HashMap.newHashMap(topology.containers().size());
        topology.containers().forEach(container -> containers.put(container.id(), container));
        // A pin has the colour of the network that its port is published through, which may be another lane's.
        boolean sameTints = colours.equals(tints);
        Map<Id, Lane> lanes = new LinkedHashMap<>();
        arrangement.lanes().forEach((id, place) -> {
            List<Container> here = place.slots().stream()
                    .map(slot -> Objects.requireNonNull(containers.get(slot.container())))
                    .toList();
            Made made = new Made(networks.get(id), place, here);
            Lane last = all.get(id);
            lanes.put(id, sameTints && last != null && last.made.equals(made) ? last : Lane.of(id, made, colours));
        });
        return new Lanes(colours, lanes);
    }

    /// The colour of a network, of none for null.
    Tint tintOf(@Nullable Id network) {
        return tintOf(tints, network);
    }

    private static Tint tintOf(Map<Id, Tint> tints, @Nullable Id network) {
        Tint tint = network == null ? null : tints.get(network);
        return tint == null ? new Tint.OfNoNetwork() : tint;
    }

    List<LaneView> views() {
        return all.values().stream().map(Lane::view).toList();
    }

    @Nullable
    CardView card(Id lane, Id container) {
        Lane there = all.get(lane);
        return there == null ? null : there.cards.get(container);
    }

    @Nullable
    PlugView plug(Id lane, Id container) {
        Lane there = all.get(lane);
        return there == null ? null : there.plugs.get(container);
    }
}
