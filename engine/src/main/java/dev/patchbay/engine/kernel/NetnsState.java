package dev.patchbay.engine.kernel;

import java.util.List;

/// The state of one network namespace.
///
/// @param routes of the main table
/// @param routing the rules and routes of all tables
public record NetnsState(
        List<KernelState.Link> links,
        List<KernelState.Route> routes,
        List<Listener> listeners,
        ForwardingSettings forwarding,
        RoutingTables routing) {
    public NetnsState {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        listeners = List.copyOf(listeners);
    }
}
