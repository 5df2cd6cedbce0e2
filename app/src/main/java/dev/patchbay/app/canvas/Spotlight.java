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

/// What everything else steps back for: what a search finds, else what a rule of the table is about.
///
/// @param search as typed
/// @param highlighted nothing lights up nothing
public record Spotlight(String search, Selection highlighted) {
    public static final Spotlight OFF = new Spotlight("", new Selection.None());

    /// Null while nothing has to step back.
    @Nullable
    Set<CanvasElement> on(Topology topology) {
        Set<CanvasElement> found = TopologySearch.matchingElements(search, topology);
        return found != null || highlighted instanceof Selection.None ? found : lit(topology);
    }

    /// With the networks that it goes through: a cable that hangs in the dark leads nowhere.
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
