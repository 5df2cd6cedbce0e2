package dev.patchbay.core.docker;

import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the host's end of each container's cable, which engines do not report: the link that leads into the
/// container's network namespace and belongs to the bridge of the endpoint's network. A link that was taken out
/// of that bridge keeps its endpoint where it was known before, or where no other is left. The kernel is asked
/// once for each container and its networks, as long as each endpoint has its link.
final class HostLinkResolver {
    private record Joined(Id container, @Nullable Instant startedAt, List<Id> networks) {
        static Joined of(Container container) {
            return new Joined(
                    container.id(),
                    container.startedAt(),
                    container.endpoints().stream().map(Endpoint::network).toList());
        }
    }

    private Map<Joined, List<String>> known = Map.of();
    private Map<Id, String> lastByEndpoint = Map.of();

    /// The topology with the names that are known; those of endpoints on other networks than bridges stay empty.
    synchronized Topology addTo(Topology topology, KernelState kernel, MachineAccess machine) throws EngineException {
        Bridges bridges = new Bridges(topology, kernel, lastByEndpoint);
        Map<Joined, List<String>> names = new HashMap<>();
        List<Container> asked = new ArrayList<>();
        for (Container container : topology.containers()) {
            List<String> found = known.get(Joined.of(container));
            if (found != null) {
                names.put(Joined.of(container), found);
            } else if (container.pid() > 0 && bridges.leavesUnnamed(container)) {
                asked.add(container);
            }
        }
        if (!asked.isEmpty()) {
            Map<Long, List<String>> found =
                    machine.hostLinks(asked.stream().map(Container::pid).toList());
            asked.forEach(container -> names.put(Joined.of(container), found.getOrDefault(container.pid(), List.of())));
        }
        List<Container> containers = new ArrayList<>();
        for (Container container : topology.containers()) {
            Container named = bridges.named(container, names.getOrDefault(Joined.of(container), List.of()));
            if (bridges.isIncomplete(named)) {
                // Asked for again the next time.
                names.remove(Joined.of(container));
            }
            containers.add(named);
        }
        known = Map.copyOf(names);
        lastByEndpoint = containers.stream()
                .flatMap(container -> container.endpoints().stream())
                .filter(endpoint -> !endpoint.hostInterface().isEmpty())
                .collect(Collectors.toMap(Endpoint::id, Endpoint::hostInterface, (first, _) -> first));
        return topology.withContainers(containers);
    }

    /// The bridges of a topology's networks in the kernel, and their ports.
    private static final class Bridges {
        private final Map<Id, Integer> bridges = new HashMap<>();
        private final Map<String, Integer> masters;
        private final Map<Id, String> before;

        Bridges(Topology topology, KernelState kernel, Map<Id, String> before) {
            this.before = before;
            Map<String, Integer> indexes = new HashMap<>();
            kernel.links().forEach(link -> indexes.put(link.name(), link.index()));
            for (Network network : topology.networks()) {
                Integer index = network.driver().makesBridges() ? indexes.get(network.bridge()) : null;
                if (index != null) {
                    bridges.put(network.id(), index);
                }
            }
            masters = kernel.links().stream()
                    .collect(Collectors.toMap(KernelState.Link::name, KernelState.Link::master, (first, _) -> first));
        }

        boolean leavesUnnamed(Container container) {
            return container.endpoints().stream().anyMatch(this::isUnnamed);
        }

        private boolean isUnnamed(Endpoint endpoint) {
            return endpoint.attached() && endpoint.hostInterface().isEmpty() && bridges.containsKey(endpoint.network());
        }

        /// Whether an endpoint has no link, or one that is not in its network's bridge.
        boolean isIncomplete(Container container) {
            return container.endpoints().stream()
                    .anyMatch(endpoint -> endpoint.attached()
                            && bridges.containsKey(endpoint.network())
                            && !isInBridge(endpoint.hostInterface(), endpoint));
        }

        private boolean isInBridge(String link, Endpoint endpoint) {
            return Objects.equals(masters.get(link), bridges.get(endpoint.network()));
        }

        Container named(Container container, List<String> links) {
            if (links.isEmpty()) {
                return container;
            }
            List<Endpoint> endpoints = new ArrayList<>(container.endpoints());
            endpoints.replaceAll(endpoint -> withFirst(
                    endpoint,
                    links.stream().filter(link -> isInBridge(link, endpoint)).toList()));
            endpoints.replaceAll(endpoint -> withFirst(
                    endpoint,
                    detached(links, endpoints).stream()
                            .filter(link -> link.equals(before.get(endpoint.id())))
                            .toList()));
            // A link in the bridge of another network may be of an endpoint that the engine does not tell.
            List<String> free = detached(links, endpoints).stream()
                    .filter(link -> !bridges.containsValue(masters.get(link)))
                    .toList();
            if (free.size() == 1 && endpoints.stream().filter(this::isUnnamed).count() == 1) {
                endpoints.replaceAll(endpoint -> withFirst(endpoint, free));
            }
            return container.withEndpoints(endpoints);
        }

        private Endpoint withFirst(Endpoint endpoint, List<String> links) {
            return isUnnamed(endpoint) && !links.isEmpty() ? endpoint.withHostInterface(links.getFirst()) : endpoint;
        }

        /// Links of the kernel that no endpoint has yet.
        private List<String> detached(List<String> links, List<Endpoint> endpoints) {
            Set<String> taken = endpoints.stream().map(Endpoint::hostInterface).collect(Collectors.toSet());
            return links.stream()
                    .filter(link -> masters.containsKey(link) && !taken.contains(link))
                    .toList();
        }
    }
}
