package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.style.Palette;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings an arrangement up to date with a topology: who is gone gives up the place, who is new gets one, nobody else
/// moves.
final class Placement {
    private static final int MOST_NICS = 4;
    private static final int SMALLEST_PAGE = 9;
    private static final int LARGEST_PAGE = 101;
    private static final double WINDOW = 1.7;

    private final Topology topology;
    private final Arrangement before;
    private final Map<Id, Id> homes = new LinkedHashMap<>();
    private final int page;
    private final LaneGrowth ground;

    private Placement(Topology topology, Arrangement before) {
        this.topology = topology;
        this.before = before;
        topology.containers().forEach(container -> homes.put(container.id(), homeOf(container)));
        // Never narrower: what stands at the right edge stays. Wider when much has come, so that the picture keeps the
        // shape of a window.
        this.page = Math.max(before.pageUnits(), bestPage());
        this.ground = new LaneGrowth(page, before.lanes());
        removeWhatIsGone();
        addWhatIsNew();
    }

    static Arrangement update(Topology topology, Arrangement before) {
        Placement placement = new Placement(topology, before);
        int nics = before.nicRows() > 0
                ? before.nicRows()
                : Math.clamp(topology.host().interfaces().size(), 1, MOST_NICS);
        return new Arrangement(placement.page, nics, placement.ground.lanes(), placement.homes, placement.ports());
    }

    /// The width that gives everything together the shape of a window.
    private int bestPage() {
        double hostHeight = HostLayout.usualHeight(ports().size());
        int best = SMALLEST_PAGE;
        double least = Double.MAX_VALUE;
        for (int units = SMALLEST_PAGE; units <= LARGEST_PAGE; units += 2) {
            LaneGrowth trial = new LaneGrowth(units, Map.of());
            lanesInOrder().forEach(lane -> trial.add(lane, 0, unitsOf(lane)));
            double off = Math.abs(Math.log(trial.aspect(hostHeight) / WINDOW));
            if (off < least) {
                least = off;
                best = units;
            }
        }
        return best;
    }

    private Id homeOf(Container container) {
        Id kept = before.homes().get(container.id());
        if (kept != null && container.endpointOn(kept) != null) {
            return kept;
        }
        return container.endpoints().stream()
                .map(Endpoint::network)
                .filter(this::isBridge)
                .findFirst()
                .orElse(Arrangement.TRAY);
    }

    private boolean isBridge(Id id) {
        Network network = topology.network(id);
        return network != null && network.driver().hasEndpoints();
    }

    private void removeWhatIsGone() {
        Set<Id> wanted = new LinkedHashSet<>(lanesInOrder());
        List.copyOf(ground.lanes().keySet()).forEach(lane -> {
            if (!wanted.contains(lane)) {
                ground.lanes().remove(lane);
            }
        });
        Map.copyOf(ground.lanes())
                .forEach((lane, place) -> place.slots().stream()
                        .filter(slot -> !isWanted(lane, slot))
                        .forEach(slot -> ground.release(lane, slot)));
    }

    private boolean isWanted(Id lane, Slot slot) {
        Container container = topology.container(slot.container());
        Id home = homes.get(slot.container());
        if (container == null || home == null) {
            return false;
        }
        return slot.card() ? home.equals(lane) : !home.equals(lane) && container.endpointOn(lane) != null;
    }

    private void addWhatIsNew() {
        boolean first = before.lanes().isEmpty();
        List<Id> added = new ArrayList<>();
        for (Id lane : lanesInOrder()) {
            if (!ground.lanes().containsKey(lane)) {
                ground.add(lane, colourFor(lane), unitsOf(lane));
                added.add(lane);
                if (!first) {
                    ground.stretch(lane);
                }
            }
        }
        if (first) {
            added.forEach(ground::stretch);
        }
        // Cards before plugs: a container that is only visiting stands at the end of the rail.
        for (boolean card : new boolean[] {true, false}) {
            for (Container container : topology.containers()) {
                for (Id lane : lanesInOrder()) {
                    boolean atHome = lane.equals(homes.get(container.id()));
                    boolean here = atHome || container.endpointOn(lane) != null;
                    if (here && atHome == card && !hasSlot(lane, container.id())) {
                        ground.claim(lane, container.id(), card);
                    }
                }
            }
        }
    }

    private boolean hasSlot(Id lane, Id container) {
        LanePlace place = ground.lanes().get(lane);
        return place != null
                && place.slots().stream().anyMatch(slot -> slot.container().equals(container));
    }

    /// The person's networks in the order of creation, then the default bridge, then the tray if anything is in it.
    private List<Id> lanesInOrder() {
        List<Id> lanes = new ArrayList<>();
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .sorted(Comparator.comparing(Network::predefined))
                .forEach(network -> lanes.add(network.id()));
        if (homes.containsValue(Arrangement.TRAY)) {
            lanes.add(Arrangement.TRAY);
        }
        return lanes;
    }

    private int unitsOf(Id lane) {
        int units = 0;
        for (Container container : topology.containers()) {
            if (lane.equals(homes.get(container.id()))) {
                units += 2;
            } else if (container.endpointOn(lane) != null) {
                units += 1;
            }
        }
        return units;
    }

    /// The colour that fewest networks have, the first of those.
    private int colourFor(Id lane) {
        Network network = topology.network(lane);
        if (network == null || network.predefined()) {
            return 0;
        }
        int[] uses = new int[Palette.LANE_COLOURS + 1];
        ground.lanes().values().forEach(place -> uses[place.colour()]++);
        int best = 1;
        for (int colour = 2; colour <= Palette.LANE_COLOURS; colour++) {
            if (uses[colour] < uses[best]) {
                best = colour;
            }
        }
        return best;
    }

    private List<Id> ports() {
        Set<Id> present = new LinkedHashSet<>();
        for (Container container : topology.containers()) {
            container.ports().stream().map(PortBinding::id).forEach(present::add);
        }
        Set<Id> ports = new LinkedHashSet<>(before.ports());
        ports.retainAll(present);
        ports.addAll(present);
        return List.copyOf(ports);
    }
}
