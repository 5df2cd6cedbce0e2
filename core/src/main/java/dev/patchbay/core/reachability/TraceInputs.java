package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.NetnsState;
import java.util.HashMap;
import java.util.Map;
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
        Map<Id, NetnsState> sandboxes = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.running() && isRelevant(container, query, topology)) {
                NetnsState state = reader.container(container.id());
                if (state != null) {
                    sandboxes.put(container.id(), state);
                }
            }
        }
        return new TraceInputs(topology, reader.rules(), host, sandboxes, reader.outside());
    }

    /// Whether the container is a peer, shares the namespace of one, or has a port of the host that the
    /// query uses.
    private static boolean isRelevant(Container container, ReachabilityQuery query, Topology topology) {
        return isInNetnsOf(query.from(), container, topology)
                || isInNetnsOf(query.to(), container, topology)
                || (query.to() instanceof PathEnd.OnHost
                        && container.ports().stream()
                                .anyMatch(port -> port.hostPorts().contains(Math.max(1, query.port()))));
    }

    private static boolean isInNetnsOf(PathEnd end, Container container, Topology topology) {
        return end instanceof PathEnd.InContainer(var id)
                && (id.equals(container.id())
                        || (topology.container(id) instanceof Container sharing
                                && sharing.networkMode().endsWith(":" + container.id())));
    }
}
