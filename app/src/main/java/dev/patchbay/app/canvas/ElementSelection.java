package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps elements of the canvas to the objects that they show, and back.
final class ElementSelection {
    private ElementSelection() {}

    /// The object that an element belongs to.
    static Selection objectOf(@Nullable CanvasElement element, Topology topology) {
        return switch (element) {
            case null -> new Selection.None();
            case CanvasElement.HostPanel _, CanvasElement.Nic _, CanvasElement.DropSlot _, CanvasElement.BusyPort _ ->
                new Selection.OfHost();
            case CanvasElement.HostPort port -> new Selection.OfPort(port.port());
            case CanvasElement.PortCable cable -> new Selection.OfPort(cable.port());
            case CanvasElement.UnbridgedNetwork plain -> new Selection.OfNetwork(plain.network());
            case CanvasElement.Lane lane -> new Selection.OfNetwork(lane.network());
            case CanvasElement.Rail rail -> new Selection.OfNetwork(rail.network());
            case CanvasElement.Gateway gateway -> new Selection.OfNetwork(gateway.network());
            case CanvasElement.Plug plug -> new Selection.OfContainer(plug.container());
            case CanvasElement.Card card -> new Selection.OfContainer(card.container());
            case CanvasElement.AttachmentCable cable -> new Selection.OfContainer(cable.container());
            case CanvasElement.Pin pin -> objectOfPin(pin, topology);
        };
    }

    private static Selection objectOfPin(CanvasElement.Pin pin, Topology topology) {
        Container container = topology.container(pin.container());
        if (container != null) {
            for (PortBinding binding : container.ports()) {
                if (binding.publishes(pin.port().port(), pin.port().protocol())) {
                    return new Selection.OfPort(binding.id());
                }
            }
        }
        return new Selection.OfContainer(pin.container());
    }

    /// All elements that are highlighted with an object.
    static Set<CanvasElement> elementsOf(Selection selected, Topology topology) {
        return switch (selected) {
            case Selection.None _ -> Set.of();
            case Selection.OfHost _ -> Set.of(new CanvasElement.HostPanel());
            case Selection.OfNetwork(Id network) ->
                Set.of(new CanvasElement.Lane(network), new CanvasElement.UnbridgedNetwork(network));
            case Selection.OfContainer(Id id) -> elementsOfContainer(topology.container(id));
            case Selection.OfPort(Id port) -> elementsOfPort(port, topology);
        };
    }

    static Set<CanvasElement> elementsOfContainer(@Nullable Container container) {
        Set<CanvasElement> elements = new HashSet<>();
        if (container != null) {
            elements.add(new CanvasElement.Card(container.id()));
            container.ports().forEach(port -> elements.add(new CanvasElement.PortCable(port.id())));
            container.endpoints().forEach(endpoint -> {
                elements.add(new CanvasElement.Plug(container.id(), endpoint.network()));
                elements.add(new CanvasElement.AttachmentCable(container.id(), endpoint.network()));
            });
        }
        return elements;
    }

    private static Set<CanvasElement> elementsOfPort(Id port, Topology topology) {
        Set<CanvasElement> elements =
                new HashSet<>(Set.of(new CanvasElement.HostPort(port), new CanvasElement.PortCable(port)));
        PublishedPort published = topology.port(port);
        if (published != null) {
            elements.add(new CanvasElement.Card(published.container().id()));
        }
        return elements;
    }
}
