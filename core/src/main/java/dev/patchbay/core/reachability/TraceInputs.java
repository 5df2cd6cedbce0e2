package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state of the kernel for one trace.
///
/// @param host the host's own namespace
/// @param sandboxes namespaces of containers, at least those of both peers if they run
/// @param outside null unless this is a Lab
public record TraceInputs(
        Topology topology,
        HostRules rules,
        NetnsState host,
        Map<Id, NetnsState> sandboxes,
        @Nullable NetnsState outside) {
    public TraceInputs {
        sandboxes = Map.copyOf(sandboxes);
    }

    /// The namespace outside if it has this address; null otherwise.
    @Nullable
    NetnsState outsideWith(InetAddress address) {
        return outside != null && RouteLookup.addresses(outside).contains(address) ? outside : null;
    }

    /// Reads the kernel of a host.
    public interface Reader {
        HostRules rules() throws EngineException;

        NetnsState host() throws EngineException;

        /// The namespace of a running container; null when it cannot be inspected.
        @Nullable
        NetnsState container(Id id) throws EngineException;

        /// Null on a host without the namespace `outside`.
        @Nullable
        NetnsState outside() throws EngineException;
    }

    /// Reads everything that the query depends on.
    public static TraceInputs read(ReachabilityQuery query, Topology topology, Reader reader) throws EngineException {
        NetnsState host = reader.host();
        HostRules rules = reader.rules();
        Map<Id, NetnsState> sandboxes = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.running() && isRelevant(container, query, topology, rules)) {
                NetnsState state = reader.container(container.id());
                if (state != null) {
                    sandboxes.put(container.id(), state);
                }
            }
        }
        return new TraceInputs(topology, rules, host, sandboxes, reader.outside());
    }

    /// Whether the container is a peer, shares the namespace of one, or may get packets for a port of the
    /// host that the query uses.
    private static boolean isRelevant(
            Container container, ReachabilityQuery query, Topology topology, HostRules rules) {
        return isInNetnsOf(query.from(), container, topology)
                || isInNetnsOf(query.to(), container, topology)
                || (query.to() instanceof PathEnd.AtAddress(var address) && hasAddress(container, address))
                || ((query.to() instanceof PathEnd.OnHost || query.to() instanceof PathEnd.AtAddress)
                        && (container.ports().stream()
                                        .anyMatch(port -> port.hostPorts().contains(Math.max(1, query.port())))
                                || isTranslatedTo(container, rules)));
    }

    private static boolean hasAddress(Container container, InetAddress address) {
        return addresses(container).anyMatch(address::equals);
    }

    private static Stream<InetAddress> addresses(Container container) {
        return container.endpoints().stream()
                .flatMap(endpoint -> Stream.of(Family.values()).map(family -> Peer.address(endpoint, family)))
                .filter(Objects::nonNull);
    }

    /// Whether a rule of any program may lead to an address of the container.
    private static boolean isTranslatedTo(Container container, HostRules rules) {
        return addresses(container)
                .map(Addresses::format)
                .anyMatch(address -> rules.rules().stream()
                                .map(KernelRule::specification)
                                .anyMatch(text -> text.contains("-j DNAT") && text.contains(address))
                        || rules.tables().stream()
                                .map(KernelTable::json)
                                .anyMatch(text -> text.contains("dnat") && text.contains("\"" + address + "\"")));
    }

    private static boolean isInNetnsOf(PathEnd end, Container container, Topology topology) {
        return end instanceof PathEnd.InContainer(var id)
                && topology.container(id) instanceof Container inside
                && topology.netnsOwner(inside) instanceof Container owner
                && owner.id().equals(container.id());
    }
}
