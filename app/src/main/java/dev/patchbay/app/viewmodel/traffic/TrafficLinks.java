package dev.patchbay.app.viewmodel.traffic;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.viewmodel.Ports;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Host;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which links carry the traffic of a selection, and what that traffic is made up of.
///
/// @param names the host ends of veths; for the host its own interfaces
/// @param swapped they are seen from their containers
/// @param parts each with its own links
record TrafficLinks(Set<String> names, boolean swapped, List<Part> parts) {
    static final TrafficLinks NONE = new TrafficLinks(Set.of(), true, List.of());

    sealed interface Part {
        record Links(String name, Set<String> links, boolean swapped, Selected target) implements Part {}

        record Port(String name, Id port) implements Part {}
    }

    static TrafficLinks of(Topology topology, Selected selected) {
        return switch (selected) {
            case Selected.Nothing _, Selected.HostSelected _ -> host(topology);
            case Selected.NetworkSelected(var id) -> network(topology, topology.network(id));
            case Selected.ContainerSelected(var id) -> container(topology, topology.container(id));
            case Selected.PortSelected(var id) -> port(topology, Ports.published(topology, id));
        };
    }

    private static TrafficLinks host(Topology topology) {
        List<Part> parts = new ArrayList<>();
        Set<String> own =
                topology.host().interfaces().stream().map(Host.Interface::name).collect(Collectors.toSet());
        topology.host()
                .interfaces()
                .forEach(link -> parts.add(
                        new Part.Links(link.name(), Set.of(link.name()), false, new Selected.HostSelected())));
        // Once for all networks: asked of each, all containers would be gone through for every one of them each second.
        Map<Id, Set<String>> links = new HashMap<>();
        for (Container container : topology.containers()) {
            container
                    .endpoints()
                    .forEach(endpoint -> links.computeIfAbsent(endpoint.network(), _ -> new HashSet<>())
                            .add(endpoint.hostInterface()));
        }
        topology.networks().stream()
                .filter(network -> network.driver().hasEndpoints())
                .forEach(network -> parts.add(new Part.Links(
                        network.name(),
                        links.getOrDefault(network.id(), Set.of()),
                        true,
                        new Selected.NetworkSelected(network.id()))));
        return new TrafficLinks(own, false, parts);
    }

    private static TrafficLinks network(Topology topology, @Nullable Network network) {
        if (network == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        Set<String> all = new HashSet<>();
        for (Container container : topology.containersOn(network.id())) {
            Endpoint endpoint = container.endpointOn(network.id());
            if (endpoint != null) {
                all.add(endpoint.hostInterface());
                parts.add(new Part.Links(
                        container.name(),
                        Set.of(endpoint.hostInterface()),
                        true,
                        new Selected.ContainerSelected(container.id())));
            }
        }
        return new TrafficLinks(all, true, parts);
    }

    private static TrafficLinks container(Topology topology, @Nullable Container container) {
        if (container == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        Set<String> all = new HashSet<>();
        for (Endpoint endpoint : container.endpoints()) {
            Network network = topology.network(endpoint.network());
            all.add(endpoint.hostInterface());
            if (network != null) {
                parts.add(new Part.Links(
                        network.name(),
                        Set.of(endpoint.hostInterface()),
                        true,
                        new Selected.NetworkSelected(network.id())));
            }
        }
        container.ports().forEach(port -> parts.add(new Part.Port(name(port), port.id())));
        return new TrafficLinks(all, true, parts);
    }

    private static TrafficLinks port(Topology topology, Ports.@Nullable Published published) {
        if (published == null) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Port(name(published.port()), published.port().id()));
        Set<String> links = new HashSet<>();
        for (Endpoint endpoint : published.container().endpoints()) {
            Network network = topology.network(endpoint.network());
            if (endpoint.id().equals(published.port().endpoint()) && network != null) {
                links.add(endpoint.hostInterface());
                parts.add(new Part.Links(
                        published.container().name(),
                        Set.of(endpoint.hostInterface()),
                        true,
                        new Selected.ContainerSelected(published.container().id())));
            }
        }
        return new TrafficLinks(links, true, parts);
    }

    private static String name(PortBinding port) {
        return port.hostPorts() + " → " + port.inside();
    }
}
