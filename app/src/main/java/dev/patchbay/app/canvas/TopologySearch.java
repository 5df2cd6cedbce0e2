package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Searches a topology for names, images, addresses, ports, MACs, links and prefixes of ids. The canvas
/// highlights the hits and the elements connected to them.
public final class TopologySearch {
    private TopologySearch() {}

    /// The networks, containers and published ports that match, in the order of the topology; empty for
    /// a blank search.
    public static List<Selection> hits(String typed, Topology topology) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        List<Selection> hits = new ArrayList<>();
        if (wanted.isEmpty()) {
            return hits;
        }
        for (Network network : topology.networks()) {
            if (matches(wanted, network.id(), texts(network))) {
                hits.add(new Selection.OfNetwork(network.id()));
            }
        }
        for (Container container : topology.containers()) {
            if (matches(wanted, container.id(), texts(container, topology))) {
                hits.add(new Selection.OfContainer(container.id()));
            }
            for (PortBinding port : container.ports()) {
                if (matches(wanted, port.id(), Stream.of(port.hostSide()))) {
                    hits.add(new Selection.OfPort(port.id()));
                }
            }
        }
        return hits;
    }

    /// The elements of all hits and those connected to them; null for a blank search.
    static @Nullable Set<CanvasElement> matchingElements(String typed, Topology topology) {
        if (typed.isBlank()) {
            return null;
        }
        Set<CanvasElement> found = new HashSet<>();
        for (Selection hit : hits(typed, topology)) {
            switch (hit) {
                case Selection.None _, Selection.OfHost _ -> {}
                case Selection.OfNetwork(Id id) -> {
                    found.add(new CanvasElement.Lane(id));
                    topology.containersOn(id).forEach(container -> found.addAll(elementsOf(container)));
                }
                case Selection.OfContainer(Id id) -> addWithNetworks(topology.container(id), topology, found);
                case Selection.OfPort(Id id) -> {
                    PublishedPort published = topology.port(id);
                    addWithNetworks(published == null ? null : published.container(), topology, found);
                }
            }
        }
        return found;
    }

    private static void addWithNetworks(@Nullable Container container, Topology topology, Set<CanvasElement> found) {
        if (container != null) {
            found.addAll(elementsOf(container));
            endpoints(container, topology).forEach(endpoint -> found.add(new CanvasElement.Lane(endpoint.network())));
        }
    }

    /// Those of the other container when it shares that one's network.
    private static List<Endpoint> endpoints(Container container, Topology topology) {
        Container owner = topology.netnsOwner(container);
        return owner == null ? List.of() : owner.endpoints();
    }

    private static Set<CanvasElement> elementsOf(Container container) {
        Set<CanvasElement> elements = ElementSelection.elementsOfContainer(container);
        container.ports().forEach(port -> elements.add(new CanvasElement.HostPort(port.id())));
        return elements;
    }

    private static boolean matches(String wanted, Id id, Stream<String> texts) {
        return id.value().startsWith(wanted)
                || texts.anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Stream<String> texts(Network network) {
        return Stream.of(
                network.name(),
                network.bridge(),
                network.subnet() == null ? "" : network.subnet().toString(),
                network.gateway() == null ? "" : Addresses.format(network.gateway()));
    }

    private static Stream<String> texts(Container container, Topology topology) {
        Stream<String> own = Stream.of(container.name(), container.image());
        Stream<String> exposed = container.exposed().stream().map(Object::toString);
        Stream<String> published = container.ports().stream().map(PortBinding::containerPortText);
        Stream<String> endpoints = endpoints(container, topology).stream().flatMap(TopologySearch::texts);
        return Stream.of(own, exposed, published, endpoints).flatMap(texts -> texts);
    }

    private static Stream<String> texts(Endpoint endpoint) {
        return Stream.concat(
                Stream.of(endpoint.mac() == null ? "" : endpoint.mac().text(), endpoint.hostInterface()),
                Stream.of(Optional.ofNullable(endpoint.address()), Optional.ofNullable(endpoint.address6()))
                        .flatMap(Optional::stream)
                        .map(Cidr::toString));
    }
}
