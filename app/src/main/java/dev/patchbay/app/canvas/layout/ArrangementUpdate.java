package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.style.Palette;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings an arrangement up to date with a topology: who is gone gives up the place, who is new gets one, nobody else
/// moves.
final class ArrangementUpdate {
    private final Arrangement before;
    private final Map<Id, Network> networks = new LinkedHashMap<>();
    private final LayoutContainers residents;
    private final double pitch;
    private final int page;
    private final LaneAllocator ground;

    private ArrangementUpdate(Topology topology, LayoutContainers residents, Arrangement before) {
        this.residents = residents;
        this.before = before;
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .forEach(network -> networks.put(network.id(), network));
        findHomes();
        Set<Id> wanted = lanesInOrder();
        residents.line(before.ports());
        int ports = residents.rail().size();
        pitch = before.portPitch() > 0 ? before.portPitch() : HostLayout.pitch(ports);
        boolean newLanes = !before.lanes().keySet().containsAll(wanted);
        Map<Id, Integer> units = newLanes ? units(wanted) : Map.of();
        // Only new networks can make the page wider, so that the picture keeps the shape of a window; it is never
        // made narrower, since what stands at the right edge stays.
        ShelfPacker packed = newLanes
                ? ShelfPacker.of(units, HostLayout.usualHeight(ports, pitch))
                : new ShelfPacker(before.pageUnits(), Map.of());
        this.page = Math.max(before.pageUnits(), packed.pageUnits());
        this.ground = new LaneAllocator(page, before.lanes());
        removeWhatIsGone(wanted);
        units.forEach((lane, room) -> {
            if (before.lanes().isEmpty()) {
                ground.put(
                        lane,
                        colourFor(lane),
                        Objects.requireNonNull(packed.lanes().get(lane)));
            } else if (!ground.has(lane)) {
                ground.add(lane, colourFor(lane), room);
            }
        });
        addContainers();
    }

    /// @param residents of the topology; they learn where their homes are
    static Arrangement update(Topology topology, LayoutContainers residents, Arrangement before) {
        ArrangementUpdate placement = new ArrangementUpdate(topology, residents, before);
        List<Integer> nics = before.nicLines().isEmpty() ? HostLayout.nicLines(topology.host()) : before.nicLines();
        List<Id> ports =
                residents.rail().stream().map(port -> port.binding().id()).toList();
        return new Arrangement(placement.page, nics, placement.pitch, placement.ground.lanes(), ports);
    }

    /// A card hangs where it hung while the container is still on that network, else on the first of its networks.
    private void findHomes() {
        before.lanes().forEach((lane, place) -> {
            List<@Nullable LayoutContainer> here = residents.inSlots(lane, place);
            for (int i = 0; i < here.size() && networks.containsKey(lane); i++) {
                LayoutContainer resident = here.get(i);
                boolean card = place.slots().get(i).card();
                if (card && resident != null && resident.container().endpointOn(lane) != null) {
                    resident.settle(lane);
                }
            }
        });
        for (LayoutContainer resident : residents.all()) {
            if (!resident.isSettled()) {
                resident.settle(firstNetwork(resident.container()));
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

    private void removeWhatIsGone(Set<Id> wanted) {
        before.lanes().forEach((lane, place) -> {
            if (!wanted.contains(lane)) {
                ground.remove(lane);
                return;
            }
            List<@Nullable LayoutContainer> here = residents.inSlots(lane, place);
            for (int i = 0; i < here.size(); i++) {
                Slot slot = place.slots().get(i);
                LayoutContainer resident = here.get(i);
                if (resident != null && isWanted(lane, slot, resident)) {
                    resident.keepPlace();
                } else {
                    ground.release(lane, slot.container());
                }
            }
        });
    }

    private static boolean isWanted(Id lane, Slot slot, LayoutContainer resident) {
        boolean atHome = resident.home().equals(lane);
        return slot.card() ? atHome : !atHome && resident.container().endpointOn(lane) != null;
    }

    private void addContainers() {
        List<LayoutContainer> incomplete =
                residents.all().stream().filter(this::lacksAPlace).toList();
        for (LayoutContainer resident : incomplete) {
            Id container = resident.container().id();
            if (!ground.hasSlot(resident.home(), container)) {
                ground.claim(resident.home(), container, true);
            }
        }
        // Cards before plugs: a container that is only visiting stands at the end of the rail.
        for (LayoutContainer resident : incomplete) {
            Id container = resident.container().id();
            for (Endpoint endpoint : resident.container().endpoints()) {
                if (ground.has(endpoint.network()) && !ground.hasSlot(endpoint.network(), container)) {
                    ground.claim(endpoint.network(), container, false);
                }
            }
        }
    }

    private boolean lacksAPlace(LayoutContainer resident) {
        List<Endpoint> endpoints = resident.container().endpoints();
        if (resident.places() >= Math.max(1, endpoints.size())) {
            return false;
        }
        int wanted = 1;
        for (Endpoint endpoint : endpoints) {
            wanted += !endpoint.network().equals(resident.home()) && ground.has(endpoint.network()) ? 1 : 0;
        }
        return resident.places() < wanted;
    }

    /// The person's networks in the order of creation, then the default bridge, then the tray if anything is in it.
    private Set<Id> lanesInOrder() {
        Set<Id> lanes = new LinkedHashSet<>();
        networks.values().stream()
                .sorted(Comparator.comparing(Network::predefined))
                .forEach(network -> lanes.add(network.id()));
        if (residents.all().stream().anyMatch(resident -> resident.home().equals(Arrangement.TRAY))) {
            lanes.add(Arrangement.TRAY);
        }
        return lanes;
    }

    /// How many units the cards and plugs of each lane take.
    private Map<Id, Integer> units(Set<Id> lanes) {
        Map<Id, Integer> units = new LinkedHashMap<>();
        lanes.forEach(lane -> units.put(lane, 0));
        for (LayoutContainer resident : residents.all()) {
            units.merge(resident.home(), 2, Integer::sum);
            for (Endpoint endpoint : resident.container().endpoints()) {
                Id network = endpoint.network();
                if (!network.equals(resident.home()) && units.containsKey(network)) {
                    units.merge(network, 1, Integer::sum);
                }
            }
        }
        return units;
    }

    /// The colour that fewest networks have, the first of those.
    private int colourFor(Id lane) {
        Network network = networks.get(lane);
        if (network == null || network.predefined()) {
            return 0;
        }
        Map<Integer, Integer> uses = ground.colours();
        int best = 1;
        for (int colour = 2; colour <= Palette.LANE_COLOURS; colour++) {
            if (uses.getOrDefault(colour, 0) < uses.getOrDefault(best, 0)) {
                best = colour;
            }
        }
        return best;
    }
}
