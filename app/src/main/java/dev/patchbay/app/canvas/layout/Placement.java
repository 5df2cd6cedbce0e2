package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.style.Palette;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Brings an arrangement up to date with a topology: who is gone gives up the place, who is new gets one, nobody else
/// moves.
final class Placement {
    private final Topology topology;
    private final Arrangement before;
    private final Map<Id, Network> networks = new LinkedHashMap<>();
    private final Map<Id, Container> containers = new HashMap<>();
    private final Map<Id, Id> homes = new LinkedHashMap<>();
    /// In how many lanes each container has a place already.
    private final Map<Id, Integer> standing = new HashMap<>();
    private final List<Id> ports;
    private final double pitch;
    private final int page;
    private final LaneGrowth ground;

    private Placement(Topology topology, Arrangement before) {
        this.topology = topology;
        this.before = before;
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .forEach(network -> networks.put(network.id(), network));
        topology.containers().forEach(container -> {
            containers.put(container.id(), container);
            homes.put(container.id(), homeOf(container));
        });
        Map<Id, Integer> units = unitsInOrder();
        ports = ports();
        pitch = before.portPitch() > 0 ? before.portPitch() : HostLayout.pitch(ports.size());
        // Only new networks can make the page wider, so that the picture keeps the shape of a window; it is never made
        // narrower, since what stands at the right edge stays.
        Shelves packed = before.lanes().keySet().containsAll(units.keySet())
                ? new Shelves(before.pageUnits(), Map.of())
                : Shelves.of(units, HostLayout.usualHeight(ports.size(), pitch));
        this.page = Math.max(before.pageUnits(), packed.pageUnits());
        this.ground = new LaneGrowth(page, before.lanes());
        removeWhatIsGone(units.keySet());
        units.forEach((lane, wanted) -> {
            if (before.lanes().isEmpty()) {
                ground.put(
                        lane,
                        colourFor(lane),
                        Objects.requireNonNull(packed.lanes().get(lane)));
            } else if (!ground.has(lane)) {
                ground.add(lane, colourFor(lane), wanted);
            }
        });
        addContainers();
    }

    static Arrangement update(Topology topology, Arrangement before) {
        Placement placement = new Placement(topology, before);
        List<Integer> nics = before.nicLines().isEmpty() ? HostLayout.nicLines(topology.host()) : before.nicLines();
        return new Arrangement(
                placement.page, nics, placement.pitch, placement.ground.lanes(), placement.homes, placement.ports);
    }

    private Id homeOf(Container container) {
        Id kept = before.homes().get(container.id());
        if (kept != null && container.endpointOn(kept) != null) {
            return kept;
        }
        return container.endpoints().stream()
                .map(Endpoint::network)
                .filter(networks::containsKey)
                .findFirst()
                .orElse(Arrangement.TRAY);
    }

    private void removeWhatIsGone(Set<Id> wanted) {
        for (Id lane : before.lanes().keySet()) {
            if (!wanted.contains(lane)) {
                ground.remove(lane);
                continue;
            }
            for (Slot slot : ground.slots(lane)) {
                if (isWanted(lane, slot)) {
                    standing.merge(slot.container(), 1, Integer::sum);
                } else {
                    ground.release(lane, slot.container());
                }
            }
        }
    }

    private boolean isWanted(Id lane, Slot slot) {
        Container container = containers.get(slot.container());
        Id home = homes.get(slot.container());
        if (container == null || home == null) {
            return false;
        }
        return slot.card() ? home.equals(lane) : !home.equals(lane) && container.endpointOn(lane) != null;
    }

    private void addContainers() {
        List<Container> incomplete =
                topology.containers().stream().filter(this::lacksAPlace).toList();
        for (Container container : incomplete) {
            Id home = homes.getOrDefault(container.id(), Arrangement.TRAY);
            if (!ground.hasSlot(home, container.id())) {
                ground.claim(home, container.id(), true);
            }
        }
        // Cards before plugs: a container that is only visiting stands at the end of the rail.
        for (Container container : incomplete) {
            for (Endpoint endpoint : container.endpoints()) {
                if (ground.has(endpoint.network()) && !ground.hasSlot(endpoint.network(), container.id())) {
                    ground.claim(endpoint.network(), container.id(), false);
                }
            }
        }
    }

    private boolean lacksAPlace(Container container) {
        Id home = homes.getOrDefault(container.id(), Arrangement.TRAY);
        int wanted = 1;
        for (Endpoint endpoint : container.endpoints()) {
            wanted += !endpoint.network().equals(home) && ground.has(endpoint.network()) ? 1 : 0;
        }
        return standing.getOrDefault(container.id(), 0) < wanted;
    }

    /// The person's networks in the order of creation, then the default bridge, then the tray if anything is in it;
    /// with the units that their cards and plugs take.
    private Map<Id, Integer> unitsInOrder() {
        Map<Id, Integer> units = new LinkedHashMap<>();
        networks.values().stream()
                .sorted(Comparator.comparing(Network::predefined))
                .forEach(network -> units.put(network.id(), 0));
        if (homes.containsValue(Arrangement.TRAY)) {
            units.put(Arrangement.TRAY, 0);
        }
        for (Container container : topology.containers()) {
            Id home = homes.getOrDefault(container.id(), Arrangement.TRAY);
            units.merge(home, 2, Integer::sum);
            container.endpoints().stream()
                    .map(Endpoint::network)
                    .filter(network -> !network.equals(home) && units.containsKey(network))
                    .forEach(network -> units.merge(network, 1, Integer::sum));
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
