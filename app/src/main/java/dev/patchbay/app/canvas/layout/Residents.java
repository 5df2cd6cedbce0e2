package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Lanes.Hung;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The containers of one topology, in its order, while they are laid out: each learns its place, its card and its plugs
/// as the layout goes on. There may be thousands, so they are looked up once, here.
final class Residents {
    private final Map<Id, Resident> all;
    private final SequencedMap<Id, Published> ports = new LinkedHashMap<>();

    static final class Resident {
        private final Container container;
        private final List<Hung> visits = new ArrayList<>(0);
        private Id home = Arrangement.TRAY;
        private int places;
        private @Nullable Hung atHome;

        private Resident(Container container) {
            this.container = container;
        }

        Container container() {
            return container;
        }

        /// The lane that the card hangs in.
        Id home() {
            return home;
        }

        void settle(Id lane) {
            home = lane;
        }

        /// In how many lanes it has kept a place.
        int places() {
            return places;
        }

        void keepPlace() {
            places++;
        }

        /// What hangs in one of its lanes.
        void take(Hung hung) {
            if (hung.card() != null) {
                atHome = hung;
            } else {
                visits.add(hung);
            }
        }

        /// What hangs at home; null before anything does.
        @Nullable
        Hung atHome() {
            return atHome;
        }

        /// Everything that hangs on a rail, in the order of the endpoints.
        List<Hung> plugged() {
            if (visits.isEmpty()) {
                return atHome == null || atHome.plug() == null ? List.of() : List.of(atHome);
            }
            List<Hung> ordered = new ArrayList<>();
            for (Endpoint endpoint : container.endpoints()) {
                if (atHome != null && atHome.isOn(endpoint.network())) {
                    ordered.add(atHome);
                }
                for (Hung visit : visits) {
                    if (visit.isOn(endpoint.network())) {
                        ordered.add(visit);
                    }
                }
            }
            return ordered;
        }
    }

    record Published(Resident resident, PortBinding binding) {
        /// The network that its packets go through; null while there is none.
        @Nullable
        Id network() {
            return Networks.of(resident.container, binding);
        }
    }

    Residents(Topology topology) {
        all = LinkedHashMap.newLinkedHashMap(topology.containers().size());
        for (Container container : topology.containers()) {
            Resident resident = new Resident(container);
            all.put(container.id(), resident);
            for (PortBinding binding : container.ports()) {
                ports.put(binding.id(), new Published(resident, binding));
            }
        }
    }

    Collection<Resident> all() {
        return all.values();
    }

    @Nullable
    Resident get(Id container) {
        return all.get(container);
    }

    /// Every published port, in the order of the containers.
    SequencedMap<Id, Published> ports() {
        return ports;
    }
}
