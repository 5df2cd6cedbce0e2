package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The containers of one topology while they are laid out: the layout sets the place, card and plugs of
/// each. They are looked up once, here, because there may be thousands.
final class LayoutContainers {
    private final Map<Id, LayoutContainer> all;
    private final Map<Id, SlotOccupancy> occupancies = new HashMap<>();
    private final List<LayoutPort> orderedPorts = new ArrayList<>();
    private final Map<Id, LayoutPort> ports = new LinkedHashMap<>();

    static final class LayoutContainer {
        private final Container container;
        /// Empty for most containers, which are on one network only.
        private List<SlotContent> visitorContents = List.of();
        private Id home = Arrangement.TRAY;
        private boolean hasHome;
        private int keptSlots;
        private @Nullable SlotContent homeContent;
        private @Nullable LayoutContainer netnsOwner;

        private LayoutContainer(Container container) {
            this.container = container;
        }

        Container container() {
            return container;
        }

        /// The container whose network namespace it shares; null when it shares none, or that one is
        /// gone.
        @Nullable
        LayoutContainer netnsOwner() {
            return netnsOwner;
        }

        /// The lane that has the card.
        Id home() {
            return home;
        }

        boolean hasHome() {
            return hasHome;
        }

        void setHome(Id lane) {
            home = lane;
            hasHome = true;
        }

        /// The number of lanes in which it kept its slot.
        int keptSlots() {
            return keptSlots;
        }

        void keepSlot() {
            keptSlots++;
        }

        /// Adds its content of one of its lanes.
        void addContent(SlotContent content) {
            if (content.card() != null) {
                homeContent = content;
            } else {
                visitorContents = visitorContents.isEmpty() ? new ArrayList<>(2) : visitorContents;
                visitorContents.add(content);
            }
        }

        /// The content of its home lane; null before it is laid out.
        @Nullable
        SlotContent homeContent() {
            return homeContent;
        }

        /// Its content on all rails, in the order of the endpoints.
        List<SlotContent> plugContents() {
            if (visitorContents.isEmpty()) {
                return homeContent == null || homeContent.plug() == null ? List.of() : List.of(homeContent);
            }
            List<SlotContent> ordered = new ArrayList<>();
            for (Endpoint endpoint : container.endpoints()) {
                if (homeContent != null && homeContent.isOn(endpoint.network())) {
                    ordered.add(homeContent);
                }
                for (SlotContent visit : visitorContents) {
                    if (visit.isOn(endpoint.network())) {
                        ordered.add(visit);
                    }
                }
            }
            return ordered;
        }
    }

    /// The containers in the slots of a lane.
    ///
    /// @param containers null for a container that is gone
    private record SlotOccupancy(LanePlace place, List<@Nullable LayoutContainer> containers) {}

    static final class LayoutPort {
        private final LayoutContainer owner;
        private final PortBinding binding;
        private boolean ordered;
        private @Nullable JackView jack;

        private LayoutPort(LayoutContainer layoutContainer, PortBinding binding) {
            this.owner = layoutContainer;
            this.binding = binding;
        }

        LayoutContainer owner() {
            return owner;
        }

        PortBinding binding() {
            return binding;
        }

        void setJack(JackView made) {
            jack = made;
        }

        /// Null before the host panel is laid out.
        @Nullable
        JackView jack() {
            return jack;
        }

        /// The network that carries its packets; null while there is none.
        @Nullable
        Id network() {
            Endpoint endpoint = owner.container.endpointOf(binding);
            return endpoint == null ? null : endpoint.network();
        }
    }

    LayoutContainers(Topology topology) {
        all = LinkedHashMap.newLinkedHashMap(topology.containers().size());
        for (Container container : topology.containers()) {
            LayoutContainer layoutContainer = new LayoutContainer(container);
            all.put(container.id(), layoutContainer);
            for (PortBinding binding : container.ports()) {
                ports.put(binding.id(), new LayoutPort(layoutContainer, binding));
            }
        }
        for (LayoutContainer layoutContainer : all.values()) {
            if (layoutContainer.container.sharedNetns() != null
                    && topology.netnsOwner(layoutContainer.container) instanceof Container owner) {
                layoutContainer.netnsOwner = all.get(owner.id());
            }
        }
    }

    Collection<LayoutContainer> all() {
        return all.values();
    }

    @Nullable
    LayoutContainer get(Id container) {
        return all.get(container);
    }

    /// Looked up once for a lane that does not change.
    List<@Nullable LayoutContainer> occupants(Id lane, LanePlace place) {
        SlotOccupancy known = occupancies.get(lane);
        if (known == null || !known.place.equals(place)) {
            List<@Nullable LayoutContainer> here = new ArrayList<>(place.slots().size());
            for (Slot slot : place.slots()) {
                here.add(all.get(slot.container()));
            }
            known = new SlotOccupancy(place, here);
            occupancies.put(lane, known);
        }
        return known.containers;
    }

    /// Every published port, in the order of the containers.
    Collection<LayoutPort> ports() {
        return ports.values();
    }

    /// Sets the order of the ports on the host's rail: ports that were there keep their order, new ones
    /// follow.
    void orderPorts(List<Id> before) {
        for (Id port : before) {
            LayoutPort there = ports.get(port);
            if (there != null) {
                there.ordered = true;
                orderedPorts.add(there);
            }
        }
        for (LayoutPort port : ports.values()) {
            if (!port.ordered) {
                orderedPorts.add(port);
            }
        }
    }

    /// The published ports from top to bottom, after [#orderPorts].
    List<LayoutPort> orderedPorts() {
        return orderedPorts;
    }
}
