package dev.patchbay.core.compose.difference;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the published ports of a container with the desired ones, port by port, since a range may
/// replace several ports.
final class PortComparison {
    private final Container container;
    private final Set<Id> removedEndpoints;
    private final List<String> details;
    private final DifferenceBuilder findings;

    /// @param unplugged endpoints that are removed
    PortComparison(Container container, Set<Id> unplugged, List<String> details, DifferenceBuilder findings) {
        this.container = container;
        this.removedEndpoints = unplugged;
        this.details = details;
        this.findings = findings;
    }

    /// One requested port.
    ///
    /// @param hostPorts null lets the host choose; of several ports the host chooses one
    private record RequestedPort(
            Protocol protocol,
            @Nullable InetAddress hostAddress,
            @Nullable PortRange hostPorts,
            int containerPort,
            List<Cidr> allowed) {
        RequestedPort onAnyAddress() {
            return hostAddress instanceof Inet4Address && hostAddress.isAnyLocalAddress()
                    ? new RequestedPort(protocol, null, hostPorts, containerPort, allowed)
                    : this;
        }

        PortMapping mapping() {
            return new PortMapping(hostAddress, hostPorts, PortRange.single(containerPort), protocol, allowed);
        }
    }

    /// The differences, for a host that publishes ports only with a new container.
    ///
    /// @param tellsAnyAddress false when the host does not distinguish 0.0.0.0 from no address
    static List<String> differences(Change.RunContainer wanted, Container present, boolean tellsAnyAddress) {
        List<RequestedPort> surplus =
                new ArrayList<>(requestedPorts(present.config().ports()));
        List<String> differing = new ArrayList<>();
        for (RequestedPort port : requestedPorts(wanted.ports())) {
            Optional<RequestedPort> same = surplus.stream()
                    .filter(one -> tellsAnyAddress
                            ? one.equals(port)
                            : one.onAnyAddress().equals(port.onAnyAddress()))
                    .findFirst();
            if (same.isPresent()) {
                surplus.remove(same.get());
            } else {
                differing.add("publish " + port.mapping());
            }
        }
        surplus.forEach(port -> differing.add("unpublish " + port.mapping()));
        return differing;
    }

    private static List<RequestedPort> requestedPorts(List<PortMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> requestedPorts(mapping).stream())
                .toList();
    }

    /// Adds the changes of the ports while the container exists.
    void compare(Change.RunContainer wanted) {
        boolean pluggable =
                wanted.networks().stream().allMatch(place -> EndpointComparison.isNetworkName(place.network()));
        Map<RequestedPort, Deque<PortBinding>> present = new LinkedHashMap<>();
        for (PortBinding port : container.ports()) {
            for (RequestedPort one : requestedPorts(port.requested())) {
                present.computeIfAbsent(one, _ -> new ArrayDeque<>()).add(port);
            }
        }
        List<String> unpublished = new ArrayList<>();
        for (RequestedPort one : requestedPorts(wanted.ports())) {
            Deque<PortBinding> same = present.get(one);
            PortBinding port = same == null ? null : same.poll();
            if (port == null) {
                details.add("publish " + one.mapping());
                publish(one);
            } else if (pluggable && losesEndpoint(port)) {
                unpublish(one, port);
                publish(one);
            }
        }
        present.forEach((one, ports) -> ports.forEach(port -> {
            unpublished.add("unpublish " + one.mapping());
            unpublish(one, port);
        }));
        details.addAll(unpublished);
    }

    private boolean losesEndpoint(PortBinding port) {
        return port.endpoint() == null || removedEndpoints.contains(port.endpoint());
    }

    private void publish(RequestedPort one) {
        findings.addChange(
                ChangePhase.PUBLISH, new Change.Publish(container.id().value(), one.mapping()));
    }

    private void unpublish(RequestedPort one, PortBinding port) {
        int host = port.hostPorts().first()
                + one.containerPort()
                - port.containerPorts().first();
        findings.addChange(
                ChangePhase.UNPUBLISH,
                new Change.Unpublish(
                        container.id().value(),
                        port.hostAddress(),
                        PortRange.single(host),
                        PortRange.single(one.containerPort()),
                        port.protocol()));
    }

    private static List<RequestedPort> requestedPorts(PortMapping mapping) {
        PortRange outside = mapping.hostPorts();
        PortRange inside = mapping.containerPorts();
        boolean choice = outside == null || (inside.size() == 1 && outside.size() > 1);
        List<RequestedPort> all = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            all.add(new RequestedPort(
                    mapping.protocol(),
                    mapping.hostAddress(),
                    choice || outside == null ? outside : PortRange.single(outside.first() + i),
                    inside.first() + i,
                    mapping.allowed()));
        }
        return all;
    }
}
