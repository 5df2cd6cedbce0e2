package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All lanes with their content. A lane whose part of the topology did not change is reused, because one
/// more container changes only one lane.
record LaneSet(Map<Id, Tint> tints, Map<Id, LaidOutLane> lanesById) {

    LaneSet {
        lanesById = Collections.unmodifiableMap(new LinkedHashMap<>(lanesById));
        tints = Map.copyOf(tints);
    }

    /// @param network null for the tray
    /// @param containers in the order of the slots
    record LaneInput(@Nullable Network network, LanePlace place, List<Container> containers) {}

    /// @param input from which the lane was laid out
    /// @param content in the order of the slots
    record LaidOutLane(LaneInput input, LaneView view, List<SlotContent> content) {

        static LaidOutLane of(Id id, LaneInput made, Map<Id, Tint> tints) {
            Network network = made.network;
            LanePlace place = made.place;
            Tint tint = tintOf(tints, id);
            LaneView view = network == null ? LaneLayout.tray(place) : LaneLayout.lane(network, place, tint);
            List<SlotContent> content = new ArrayList<>();
            for (int i = 0; i < place.slots().size(); i++) {
                Slot slot = place.slots().get(i);
                Container container = made.containers.get(i);
                CardView card = slot.card()
                        ? CardLayout.card(
                                container,
                                LaneLayout.cardBox(place, slot),
                                tint,
                                port -> tintOf(tints, networkOf(container, port)))
                        : null;
                Endpoint endpoint = container.endpointOn(id);
                PlugView plug = network != null && endpoint != null
                        ? LaneLayout.plug(network, place, slot, endpoint, tint)
                        : null;
                content.add(new SlotContent(
                        card, plug, view.parts().get(slot.part()).box()));
            }
            return new LaidOutLane(made, view, List.copyOf(content));
        }
    }

    static LaneSet none() {
        return new LaneSet(Map.of(), Map.of());
    }

    /// The lanes of the next topology. The result does not depend on the lanes of this one.
    ///
    /// @param layoutContainers the containers of the topology; sets their content
    LaneSet next(Topology topology, LayoutContainers layoutContainers, Arrangement arrangement) {
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
        // A pin has the colour of the network that its port is published through, which may belong to
        // another lane.
        boolean sameTints = colours.equals(tints);
        Map<Id, LaidOutLane> lanes = new LinkedHashMap<>();
        arrangement.lanes().forEach((id, place) -> {
            List<@Nullable LayoutContainer> here = layoutContainers.occupants(id, place);
            List<Container> containers = new ArrayList<>(here.size());
            for (LayoutContainer layoutContainer : here) {
                containers.add(Objects.requireNonNull(layoutContainer).container());
            }
            LaneInput made = new LaneInput(networks.get(id), place, containers);
            LaidOutLane last = lanesById.get(id);
            LaidOutLane lane =
                    sameTints && last != null && last.input.equals(made) ? last : LaidOutLane.of(id, made, colours);
            lanes.put(id, lane);
            for (int i = 0; i < here.size(); i++) {
                Objects.requireNonNull(here.get(i)).addContent(lane.content.get(i));
            }
        });
        return new LaneSet(colours, lanes);
    }

    /// The colour of a network; for null that of no network.
    Tint tintOf(@Nullable Id network) {
        return tintOf(tints, network);
    }

    private static @Nullable Id networkOf(Container container, PortBinding port) {
        Endpoint endpoint = container.endpointOf(port);
        return endpoint == null ? null : endpoint.network();
    }

    private static Tint tintOf(Map<Id, Tint> tints, @Nullable Id network) {
        Tint tint = network == null ? null : tints.get(network);
        return tint == null ? new Tint.OfNoNetwork() : tint;
    }

    List<LaneView> views() {
        return lanesById.values().stream().map(LaidOutLane::view).toList();
    }
}
