package dev.patchbay.app.canvas;

import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Selected;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Between the elements of the picture and the objects they stand for.
final class Selection {
    private Selection() {}

    /// The object that an element belongs to.
    static Selected of(@Nullable Element element, Topology topology) {
        return switch (element) {
            case null -> new Selected.Nothing();
            case Element.HostPanel _, Element.Nic _, Element.DropSlot _, Element.BusyPort _ ->
                new Selected.HostSelected();
            case Element.HostPort port -> new Selected.PortSelected(port.port());
            case Element.PortCable cable -> new Selected.PortSelected(cable.port());
            case Element.PlainNetwork plain -> new Selected.NetworkSelected(plain.network());
            case Element.Lane lane -> new Selected.NetworkSelected(lane.network());
            case Element.Rail rail -> new Selected.NetworkSelected(rail.network());
            case Element.Gateway gateway -> new Selected.NetworkSelected(gateway.network());
            case Element.Plug plug -> new Selected.ContainerSelected(plug.container());
            case Element.Card card -> new Selected.ContainerSelected(card.container());
            case Element.AttachmentCable cable -> new Selected.ContainerSelected(cable.container());
            case Element.Pin pin -> ofPin(pin, topology);
        };
    }

    private static Selected ofPin(Element.Pin pin, Topology topology) {
        Container container = topology.container(pin.container());
        if (container != null) {
            for (PortBinding binding : container.ports()) {
                if (binding.publishes(pin.port().port(), pin.port().protocol())) {
                    return new Selected.PortSelected(binding.id());
                }
            }
        }
        return new Selected.ContainerSelected(pin.container());
    }

    /// Everything that lights up with an object.
    static Set<Element> elements(Selected selected, Topology topology) {
        return switch (selected) {
            case Selected.Nothing _ -> Set.of();
            case Selected.HostSelected _ -> Set.of(new Element.HostPanel());
            case Selected.NetworkSelected(Id network) ->
                Set.of(new Element.Lane(network), new Element.PlainNetwork(network));
            case Selected.ContainerSelected(Id id) -> ofContainer(topology.container(id));
            case Selected.PortSelected(Id port) -> ofPort(port, topology);
        };
    }

    static Set<Element> ofContainer(@Nullable Container container) {
        Set<Element> elements = new HashSet<>();
        if (container != null) {
            elements.add(new Element.Card(container.id()));
            container.ports().forEach(port -> elements.add(new Element.PortCable(port.id())));
            container.endpoints().forEach(endpoint -> {
                elements.add(new Element.Plug(container.id(), endpoint.network()));
                elements.add(new Element.AttachmentCable(container.id(), endpoint.network()));
            });
        }
        return elements;
    }

    private static Set<Element> ofPort(Id port, Topology topology) {
        Set<Element> elements = new HashSet<>(Set.of(new Element.HostPort(port), new Element.PortCable(port)));
        topology.containers().stream()
                .filter(container -> container.ports().stream()
                        .anyMatch(binding -> binding.id().equals(port)))
                .forEach(container -> elements.add(new Element.Card(container.id())));
        return elements;
    }

    /// The same selection, or none when its object is gone.
    static Selected stillThere(Selected selected, Topology topology) {
        boolean there = switch (selected) {
            case Selected.Nothing _, Selected.HostSelected _ -> true;
            case Selected.NetworkSelected(Id network) -> topology.network(network) != null;
            case Selected.ContainerSelected(Id container) -> topology.container(container) != null;
            case Selected.PortSelected(Id port) ->
                topology.containers().stream()
                        .flatMap(container -> container.ports().stream())
                        .anyMatch(binding -> binding.id().equals(port));
        };
        return there ? selected : new Selected.Nothing();
    }
}
