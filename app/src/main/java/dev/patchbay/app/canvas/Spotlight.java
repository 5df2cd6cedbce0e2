package dev.patchbay.app.canvas;

import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Selected;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What everything else steps back for: what a search finds, else what a rule of the table is about.
///
/// @param search as typed
/// @param lit nothing lights up nothing
public record Spotlight(String search, Selected lit) {
    public static final Spotlight OFF = new Spotlight("", new Selected.Nothing());

    /// Null while nothing has to step back.
    @Nullable
    Set<Element> on(Topology topology) {
        Set<Element> found = Search.find(search, topology);
        return found != null || lit instanceof Selected.Nothing ? found : lit(topology);
    }

    /// With the networks that it goes through: a cable that hangs in the dark leads nowhere.
    private Set<Element> lit(Topology topology) {
        Set<Element> elements = new HashSet<>(Selection.elements(lit, topology));
        switch (lit) {
            case Selected.Nothing _, Selected.HostSelected _ -> {}
            case Selected.NetworkSelected(var network) ->
                topology.containersOn(network).forEach(container -> elements.addAll(Selection.ofContainer(container)));
            case Selected.ContainerSelected(var id) -> {
                Container container = topology.container(id);
                if (container != null) {
                    container.endpoints().forEach(endpoint -> elements.add(new Element.Lane(endpoint.network())));
                }
            }
            case Selected.PortSelected(var id) -> {
                for (Container container : topology.containers()) {
                    for (PortBinding port : container.ports()) {
                        if (port.id().equals(id)) {
                            elements.add(new Element.Card(container.id()));
                            addLane(container, port, elements);
                        }
                    }
                }
            }
        }
        return elements;
    }

    private static void addLane(Container container, PortBinding port, Set<Element> elements) {
        for (Endpoint endpoint : container.endpoints()) {
            if (endpoint.id().equals(port.endpoint())) {
                elements.add(new Element.Lane(endpoint.network()));
                elements.add(new Element.Plug(container.id(), endpoint.network()));
            }
        }
    }
}
