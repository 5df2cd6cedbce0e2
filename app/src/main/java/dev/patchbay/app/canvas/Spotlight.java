package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Elements that stay bright while all others are dimmed: the hits of a search, otherwise the object of
/// a table row.
///
/// @param search as typed
/// @param highlighted no selection highlights nothing
public record Spotlight(String search, Selection highlighted) {
    public static final Spotlight OFF = new Spotlight("", new Selection.None());

    /// The bright elements; null when nothing is dimmed.
    @Nullable
    Set<CanvasElement> on(Topology topology) {
        Set<CanvasElement> found = TopologySearch.matchingElements(search, topology);
        return found != null || highlighted instanceof Selection.None ? found : lit(topology);
    }

    /// Includes the networks of the object, so that no cable ends in a dimmed network.
    private Set<CanvasElement> lit(Topology topology) {
        Set<CanvasElement> elements = new HashSet<>(ElementSelection.elementsOf(highlighted, topology));
        switch (highlighted) {
            case Selection.None _, Selection.OfHost _ -> {}
            case Selection.OfNetwork(var network) ->
                topology.containersOn(network)
                        .forEach(container -> elements.addAll(ElementSelection.elementsOfContainer(container)));
            case Selection.OfContainer(var id) -> {
                Container container = topology.container(id);
                if (container != null) {
                    container.endpoints().forEach(endpoint -> elements.add(new CanvasElement.Lane(endpoint.network())));
                }
            }
            case Selection.OfPort(var id) -> {
                PublishedPort published = topology.port(id);
                if (published != null) {
                    Container container = published.container();
                    elements.add(new CanvasElement.Card(container.id()));
                    Endpoint endpoint = container.endpointOf(published.port());
                    if (endpoint != null) {
                        elements.add(new CanvasElement.Lane(endpoint.network()));
                        elements.add(new CanvasElement.Plug(container.id(), endpoint.network()));
                    }
                }
            }
        }
        return elements;
    }
}
