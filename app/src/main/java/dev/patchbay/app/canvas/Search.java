package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Addresses;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what a person types: names, images, addresses, ports, MACs, bridges and the beginnings of ids.
final class Search {
    private Search() {}

    /// Everything that has to do with what matches; null for a blank search.
    static @Nullable Set<Element> find(String typed, Topology topology) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return null;
        }
        Set<Element> found = new HashSet<>();
        for (Network network : topology.networks()) {
            if (network.id().value().startsWith(wanted) || texts(network).anyMatch(text -> matches(text, wanted))) {
                found.add(new Element.Lane(network.id()));
                topology.containersOn(network.id()).forEach(container -> found.addAll(around(container)));
            }
        }
        for (Container container : topology.containers()) {
            if (container.id().value().startsWith(wanted) || texts(container).anyMatch(text -> matches(text, wanted))) {
                found.addAll(around(container));
                container.endpoints().forEach(endpoint -> found.add(new Element.Lane(endpoint.network())));
            }
        }
        return found;
    }

    private static Set<Element> around(Container container) {
        Set<Element> elements = Selection.ofContainer(container);
        container.ports().forEach(port -> elements.add(new Element.HostPort(port.id())));
        return elements;
    }

    private static boolean matches(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Stream<String> texts(Network network) {
        return Stream.of(
                network.name(),
                network.bridge(),
                String.valueOf(network.subnet()),
                network.gateway() == null ? "" : Addresses.text(network.gateway()));
    }

    private static Stream<String> texts(Container container) {
        Stream<String> own = Stream.of(container.name(), container.image());
        Stream<String> exposed = container.exposed().stream().map(Object::toString);
        Stream<String> ports = container.ports().stream()
                .flatMap(port ->
                        Stream.of(port.hostPorts().toString(), port.inside(), Addresses.text(port.hostAddress())));
        Stream<String> endpoints = container.endpoints().stream().flatMap(Search::texts);
        return Stream.of(own, exposed, ports, endpoints).flatMap(texts -> texts);
    }

    private static Stream<String> texts(Endpoint endpoint) {
        return Stream.of(
                endpoint.mac() == null ? "" : endpoint.mac().text(),
                endpoint.hostInterface(),
                endpoint.address() == null
                        ? ""
                        : Addresses.text(endpoint.address().address()));
    }
}
