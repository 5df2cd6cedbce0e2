package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.style.Palette;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Updates an arrangement for the next topology: objects that are gone lose their places, new objects
/// get one, and no other object moves.
final class ArrangementUpdate {
    private final Arrangement before;
    private final Map<Id, Network> networks = new LinkedHashMap<>();
    private final LayoutContainers containers;
    private final double portPitch;
    private final int pageUnits;
    private final LaneAllocator allocator;

    private ArrangementUpdate(Topology topology, LayoutContainers layoutContainers, Arrangement before) {
        this.containers = layoutContainers;
        this.before = before;
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .forEach(network -> networks.put(network.id(), network));
        assignHomeLanes();
        Set<Id> wanted = lanesInOrder();
        layoutContainers.orderPorts(before.ports());
        int ports = layoutContainers.orderedPorts().size();
        portPitch = before.portPitch() > 0 ? before.portPitch() : HostLayout.pitch(ports);
        boolean newLanes = !before.lanes().keySet().containsAll(wanted);
        Map<Id, Integer> units = newLanes ? unitsPerLane(wanted) : Map.of();
        // Only new networks can make the page wider, which keeps the shape of a window. The page never
        // becomes narrower, since lanes at the right edge stay there.
        ShelfPacker packed = newLanes
                ? ShelfPacker.of(units, HostLayout.estimatedHeight(ports, portPitch))
                : new ShelfPacker(before.pageUnits(), Map.of());
        this.pageUnits = Math.max(before.pageUnits(), packed.pageUnits());
        this.allocator = new LaneAllocator(pageUnits, before.lanes());
        removeStale(wanted);
        units.forEach((lane, room) -> {
            if (before.lanes().isEmpty()) {
                allocator.put(
                        lane,
                        colourFor(lane),
                        Objects.requireNonNull(packed.lanes().get(lane)));
            } else if (!allocator.has(lane)) {
                allocator.add(lane, colourFor(lane), room);
            }
        });
        addContainers();
    }

    /// @param layoutContainers the containers of the topology; sets their home lanes
    static Arrangement update(Topology topology, LayoutContainers layoutContainers, Arrangement before) {
        ArrangementUpdate placement = new ArrangementUpdate(topology, layoutContainers, before);
        List<Integer> nics = before.nicLines().isEmpty() ? HostLayout.nicLines(topology.host()) : before.nicLines();
        List<Id> ports = layoutContainers.orderedPorts().stream()
                .map(port -> port.binding().id())
                .toList();
        return new Arrangement(placement.pageUnits, nics, placement.portPitch, placement.allocator.lanes(), ports);
    }

    /// A card stays in its lane while the container is still on that network; otherwise it moves to the
    /// lane of the container's first network. A container that shares another's network is in the lane of
    /// that one.
    private void assignHomeLanes() {
        before.lanes().forEach((lane, place) -> {
            List<@Nullable LayoutContainer> here = containers.occupants(lane, place);
            for (int i = 0; i < here.size() && networks.containsKey(lane); i++) {
                LayoutContainer layoutContainer = here.get(i);
                boolean card = place.slots().get(i).card();
                if (card
                        && layoutContainer != null
                        && layoutContainer.container().endpointOn(lane) != null) {
                    layoutContainer.setHome(lane);
                }
            }
        });
        for (LayoutContainer layoutContainer : containers.all()) {
            if (!layoutContainer.hasHome()) {
                layoutContainer.setHome(firstNetwork(layoutContainer.container()));
            }
        }
        for (LayoutContainer layoutContainer : containers.all()) {
            if (layoutContainer.netnsOwner() instanceof LayoutContainer owner) {
                layoutContainer.setHome(owner.home());
            }
        }
    }

    private Id firstNetwork(Container container) {
        for (Endpoint endpoint : container.endpoints()) {
            if (networks.containsKey(endpoint.network())) {
                return endpoint.network();
            }
        }
        return Arrangement.TRAY;
    }

    private void removeStale(Set<Id> wanted) {
        before.lanes().forEach((lane, place) -> {
            if (!wanted.contains(lane)) {
                allocator.remove(lane);
                return;
            }
            List<@Nullable LayoutContainer> here = containers.occupants(lane, place);
            for (int i = 0; i < here.size(); i++) {
                Slot slot = place.slots().get(i);
                LayoutContainer layoutContainer = here.get(i);
                if (layoutContainer != null && isStillNeeded(lane, slot, layoutContainer)) {
                    layoutContainer.keepSlot();
                } else {
                    allocator.releaseSlot(lane, slot.container());
                }
            }
        });
    }

    private static boolean isStillNeeded(Id lane, Slot slot, LayoutContainer layoutContainer) {
        boolean atHome = layoutContainer.home().equals(lane);
        return slot.card() ? atHome : !atHome && layoutContainer.container().endpointOn(lane) != null;
    }

    private void addContainers() {
        List<LayoutContainer> incomplete =
                containers.all().stream().filter(this::lacksSlot).toList();
        for (LayoutContainer layoutContainer : withSharersAfterOwners(incomplete)) {
            Id container = layoutContainer.container().id();
            if (!allocator.hasSlot(layoutContainer.home(), container)) {
                assignCardSlot(layoutContainer);
            }
        }
        // Assigns cards before plugs, so that plugs of containers whose card is in another lane stand at
        // the end of the rail.
        for (LayoutContainer layoutContainer : incomplete) {
            Id container = layoutContainer.container().id();
            for (Endpoint endpoint : layoutContainer.container().endpoints()) {
                if (allocator.has(endpoint.network()) && !allocator.hasSlot(endpoint.network(), container)) {
                    allocator.assignSlot(endpoint.network(), container, false);
                }
            }
        }
    }

    private static List<LayoutContainer> withSharersAfterOwners(List<LayoutContainer> added) {
        Map<LayoutContainer, List<LayoutContainer>> sharers = new HashMap<>();
        for (LayoutContainer layoutContainer : added) {
            if (layoutContainer.netnsOwner() instanceof LayoutContainer owner && added.contains(owner)) {
                sharers.computeIfAbsent(owner, _ -> new ArrayList<>()).add(layoutContainer);
            }
        }
        if (sharers.isEmpty()) {
            return added;
        }
        List<LayoutContainer> ordered = new ArrayList<>(added.size());
        for (LayoutContainer layoutContainer : added) {
            if (layoutContainer.netnsOwner() == null || !added.contains(layoutContainer.netnsOwner())) {
                ordered.add(layoutContainer);
                ordered.addAll(sharers.getOrDefault(layoutContainer, List.of()));
            }
        }
        return ordered;
    }

    private void assignCardSlot(LayoutContainer layoutContainer) {
        Id home = layoutContainer.home();
        Id container = layoutContainer.container().id();
        LayoutContainer owner = layoutContainer.netnsOwner();
        if (owner == null
                || !allocator.assignSlotBeside(
                        home, container, owner.container().id())) {
            allocator.assignSlot(home, container, true);
        }
    }

    private boolean lacksSlot(LayoutContainer layoutContainer) {
        List<Endpoint> endpoints = layoutContainer.container().endpoints();
        if (layoutContainer.keptSlots() >= Math.max(1, endpoints.size())) {
            return false;
        }
        int wanted = 1;
        for (Endpoint endpoint : endpoints) {
            wanted += !endpoint.network().equals(layoutContainer.home()) && allocator.has(endpoint.network()) ? 1 : 0;
        }
        return layoutContainer.keptSlots() < wanted;
    }

    /// The user's networks in the order of creation, then the default bridge, then the tray unless it is
    /// empty.
    private Set<Id> lanesInOrder() {
        Set<Id> lanes = new LinkedHashSet<>();
        networks.values().stream()
                .sorted(Comparator.comparing(Network::predefined))
                .forEach(network -> lanes.add(network.id()));
        if (containers.all().stream()
                .anyMatch(layoutContainer -> layoutContainer.home().equals(Arrangement.TRAY))) {
            lanes.add(Arrangement.TRAY);
        }
        return lanes;
    }

    /// The number of units that the cards and plugs of each lane take.
    private Map<Id, Integer> unitsPerLane(Set<Id> lanes) {
        Map<Id, Integer> units = new LinkedHashMap<>();
        lanes.forEach(lane -> units.put(lane, 0));
        for (LayoutContainer layoutContainer : containers.all()) {
            units.merge(layoutContainer.home(), 2, Integer::sum);
            for (Endpoint endpoint : layoutContainer.container().endpoints()) {
                Id network = endpoint.network();
                if (!network.equals(layoutContainer.home()) && units.containsKey(network)) {
                    units.merge(network, 1, Integer::sum);
                }
            }
        }
        return units;
    }

    /// The first of the colours that the fewest networks have.
    private int colourFor(Id lane) {
        Network network = networks.get(lane);
        if (network == null || network.predefined()) {
            return 0;
        }
        Map<Integer, Integer> uses = allocator.colours();
        int best = 1;
        for (int colour = 2; colour <= Palette.LANE_COLOURS; colour++) {
            if (uses.getOrDefault(colour, 0) < uses.getOrDefault(best, 0)) {
                best = colour;
            }
        }
        return best;
    }
}
