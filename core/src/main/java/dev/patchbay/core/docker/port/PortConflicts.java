package dev.patchbay.core.docker.port;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.status.ProblemKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares the published ports of Patchbay with those of engines, port by port.
record PortConflicts(Topology topology, NatLookup natLookup) {

    /// A port that an engine publishes.
    private record EnginePort(Container container, PortBinding port) {
        boolean isOf(int hostPort) {
            return port.hostPorts().contains(hostPort);
        }
    }

    /// Findings that are equal for neighbouring ports are joined.
    private record Finding(String rival, Id object, ProblemKind kind) {}

    List<PortConflict> of(ExternalPublishSpec external) {
        List<EnginePort> claims = enginePorts(external);
        List<PortConflict> found = new ArrayList<>();
        for (int hostPort : candidatePorts(external, claims)) {
            List<EnginePort> claiming =
                    claims.stream().filter(claim -> claim.isOf(hostPort)).toList();
            shadowedByEngine(external, hostPort, claiming)
                    .or(() -> shadowingEngine(external, hostPort, claiming))
                    .ifPresent(finding -> add(found, external, hostPort, finding));
        }
        return found;
    }

    private List<EnginePort> enginePorts(ExternalPublishSpec external) {
        return topology.containers().stream()
                .flatMap(container -> container.ports().stream().map(port -> new EnginePort(container, port)))
                .filter(claim -> !claim.port().external()
                        && claim.port().inForce()
                        && claim.port().protocol() == external.port().protocol())
                .toList();
    }

    /// The ports for which others have a rule or a published port; they are few even for a large range.
    private SortedSet<Integer> candidatePorts(ExternalPublishSpec external, List<EnginePort> claims) {
        PortRange own = external.port().hostPorts();
        SortedSet<Integer> ports = new TreeSet<>();
        Stream.concat(
                        claims.stream().map(claim -> claim.port().hostPorts()),
                        natLookup.foreignPorts(Family.of(external.port().hostAddress())).stream())
                .forEach(range -> {
                    for (int port = Math.max(own.first(), range.first());
                            port <= Math.min(own.last(), range.last());
                            port++) {
                        ports.add(port);
                    }
                });
        return ports;
    }

    /// The published port of Patchbay is not reached at any of its addresses. When the rules do not show
    /// it, an engine's port is assumed to come first.
    private Optional<Finding> shadowedByEngine(ExternalPublishSpec external, int hostPort, List<EnginePort> claiming) {
        Container owner = topology.container(external.containerId());
        List<Optional<NatLookup.NatResult>> asked = natLookup.lookup(external.port(), hostPort);
        List<NatLookup.NatResult> places =
                asked.stream().flatMap(Optional::stream).toList();
        if (places.stream().anyMatch(place -> isExternalPublish(place, external, hostPort))) {
            return Optional.empty();
        }
        List<Container> rivals = claiming.stream()
                .filter(claim ->
                        covers(claim.port().hostAddress(), external.port().hostAddress()))
                .map(EnginePort::container)
                .toList();
        if (!places.isEmpty() && places.size() == asked.size()) {
            NatLookup.NatResult place = places.getFirst();
            Container rival = container(place);
            Container shown = owner == null ? rival : owner;
            boolean published = rival != null || place.container() != null || !rivals.isEmpty();
            return shown == null
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            name(place, rival),
                            shown.id(),
                            published ? ProblemKind.ENGINE_PORT_SHADOWED : ProblemKind.ENGINE_PORT_DIVERTED));
        }
        return rivals.stream()
                .map(rival -> new Finding(
                        rival.name(), owner == null ? rival.id() : owner.id(), ProblemKind.ENGINE_PORT_SHADOWED))
                .findFirst();
    }

    /// The published port of an engine is not reached.
    private Optional<Finding> shadowingEngine(ExternalPublishSpec external, int hostPort, List<EnginePort> claiming) {
        return claiming.stream()
                .filter(claim -> !claim.container().id().equals(external.containerId())
                        && covers(external.port().hostAddress(), claim.port().hostAddress())
                        && natLookup
                                .lookup(external.port().withBinding(claim.port().hostAddress()), hostPort)
                                .stream()
                                .flatMap(Optional::stream)
                                .anyMatch(place -> isExternalPublish(place, external, hostPort)))
                .map(EnginePort::container)
                .map(rival -> new Finding(rival.name(), rival.id(), ProblemKind.ENGINE_PORT_TAKEN))
                .findFirst();
    }

    /// A port on some addresses leaves the others to its rival.
    private static boolean covers(InetAddress one, InetAddress other) {
        return one.equals(other) || (one.isAnyLocalAddress() && Family.of(one) == Family.of(other));
    }

    private static boolean isExternalPublish(NatLookup.NatResult place, ExternalPublishSpec external, int hostPort) {
        int inside = external.port().containerPorts().first()
                + hostPort
                - external.port().hostPort();
        return place.to().port() == inside
                && Objects.requireNonNull(external.target()).addresses().stream()
                        .anyMatch(cidr -> cidr.address().equals(place.to().address()));
    }

    private @Nullable Container container(NatLookup.NatResult place) {
        Container named = place.container() == null ? null : topology.container(new Id(place.container()));
        return named != null
                ? named
                : topology.containers().stream()
                        .filter(container -> container.endpoints().stream()
                                .anyMatch(endpoint -> isAt(endpoint, place.to().address())))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isAt(Endpoint endpoint, InetAddress address) {
        return Stream.of(endpoint.address(), endpoint.address6())
                .filter(Objects::nonNull)
                .map(Cidr::address)
                .anyMatch(address::equals);
    }

    private static String name(NatLookup.NatResult place, @Nullable Container known) {
        if (known != null) {
            return known.name();
        }
        return place.container() == null
                ? Addresses.formatSocket(place.to().address(), place.to().port())
                : new Id(place.container()).shortForm();
    }

    /// Consecutive ports are one conflict.
    private void add(List<PortConflict> found, ExternalPublishSpec external, int hostPort, Finding finding) {
        int first = hostPort;
        if (!found.isEmpty()) {
            PortConflict last = found.getLast();
            if (last.hostPorts().last() == hostPort - 1
                    && new Finding(last.rival(), last.affected(), last.kind()).equals(finding)) {
                first = last.hostPorts().first();
                found.removeLast();
            }
        }
        Container owner = topology.container(external.containerId());
        found.add(new PortConflict(
                external,
                new PortRange(first, hostPort),
                owner == null ? external.containerId().shortForm() : owner.name(),
                finding.rival(),
                finding.object(),
                finding.kind(),
                owner != null));
    }
}
