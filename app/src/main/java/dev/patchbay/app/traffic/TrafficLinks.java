package dev.patchbay.app.traffic;

import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The links that carry the traffic of the selection, and the parts of that traffic.
///
/// @param names the host ends of veths; for the host its own interfaces
/// @param swapped whether the links are seen from their containers
/// @param parts each with its own links
/// @param unknown whether some traffic uses links whose names are not known, for example those of an
///     engine's containers
record TrafficLinks(Set<String> names, boolean swapped, List<Part> parts, boolean unknown) {
    static final TrafficLinks NONE = new TrafficLinks(Set.of(), true, List.of(), false);

    /// The host ends of veths that carry packets now.
    private record Veths(Set<String> names, boolean unknown) {
        static Veths of(Stream<Endpoint> endpoints) {
            Set<String> names = new HashSet<>();
            boolean unknown = false;
            for (Endpoint endpoint : (Iterable<Endpoint>) endpoints::iterator) {
                if (endpoint.hostInterface().isEmpty()) {
                    unknown |= endpoint.attached();
                } else {
                    names.add(endpoint.hostInterface());
                }
            }
            // With unknown links the sum of the known ones would be too small, so it is left out.
            return new Veths(unknown ? Set.of() : names, unknown);
        }

        Part part(String name, Selection target) {
            return unknown ? new Part.Unknown(name, target) : new Part.Links(name, names, true, target);
        }
    }

    sealed interface Part {
        record Links(String name, Set<String> links, boolean swapped, Selection target) implements Part {}

        /// @param inactive whether the port is not in force, so that no packet arrives through it
        record Port(String name, Id port, boolean inactive) implements Part {}

        record Unknown(String name, Selection target) implements Part {}
    }

    static TrafficLinks of(Topology topology, Selection selected) {
        return switch (selected) {
            case Selection.None _, Selection.OfHost _ -> host(topology);
            case Selection.OfNetwork(var id) -> network(topology, topology.network(id));
            case Selection.OfContainer(var id) -> container(topology, topology.container(id));
            case Selection.OfPort(var id) -> port(topology, topology.port(id));
        };
    }

    private static TrafficLinks host(Topology topology) {
        List<Part> parts = new ArrayList<>();
        Set<String> own =
                topology.host().interfaces().stream().map(Host.Interface::name).collect(Collectors.toSet());
        topology.host()
                .interfaces()
                .forEach(link ->
                        parts.add(new Part.Links(link.name(), Set.of(link.name()), false, new Selection.OfHost())));
        // Grouped once for all networks, because a search for each network would visit all containers
        // each time.
        Map<Id, List<Endpoint>> endpoints = topology.containers().stream()
                .flatMap(container -> container.endpoints().stream())
                .collect(Collectors.groupingBy(Endpoint::network));
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .forEach(network -> parts.add(Veths.of(endpoints.getOrDefault(network.id(), List.of()).stream())
                        .part(network.name(), new Selection.OfNetwork(network.id()))));
        return new TrafficLinks(own, false, parts, false);
    }

    private static TrafficLinks network(Topology topology, @Nullable Network network) {
        if (network == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        for (Container container : topology.containersOn(network.id())) {
            Endpoint endpoint = container.endpointOn(network.id());
            if (endpoint != null) {
                endpoints.add(endpoint);
                parts.add(Veths.of(Stream.of(endpoint))
                        .part(container.name(), new Selection.OfContainer(container.id())));
            }
        }
        return of(endpoints, parts);
    }

    private static TrafficLinks of(List<Endpoint> endpoints, List<Part> parts) {
        Veths all = Veths.of(endpoints.stream());
        return new TrafficLinks(all.names(), true, parts, all.unknown());
    }

    private static TrafficLinks container(Topology topology, @Nullable Container container) {
        if (container == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        for (Endpoint endpoint : container.endpoints()) {
            Network network = topology.network(endpoint.network());
            if (network != null) {
                parts.add(Veths.of(Stream.of(endpoint)).part(network.name(), new Selection.OfNetwork(network.id())));
            }
        }
        container.ports().forEach(port -> parts.add(part(port)));
        return of(container.endpoints(), parts);
    }

    private static TrafficLinks port(Topology topology, @Nullable PublishedPort published) {
        if (published == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        parts.add(part(published.port()));
        Endpoint endpoint = published.container().endpointOf(published.port());
        List<Endpoint> carrying =
                endpoint == null || topology.network(endpoint.network()) == null ? List.of() : List.of(endpoint);
        if (!carrying.isEmpty()) {
            parts.add(Veths.of(carrying.stream())
                    .part(
                            published.container().name(),
                            new Selection.OfContainer(published.container().id())));
        }
        return of(carrying, parts);
    }

    private static Part part(PortBinding port) {
        return new Part.Port(name(port), port.id(), !port.inForce());
    }

    private static String name(PortBinding port) {
        return port.hostPorts() + " → " + port.containerPortText();
    }
}
