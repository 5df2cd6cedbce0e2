package dev.patchbay.engine.kernel;

import java.util.List;

/// The state of one network namespace.
public record NetnsState(
        List<KernelState.Link> links,
        List<KernelState.Route> routes,
        List<Listener> listeners,
        ForwardingSettings forwarding) {
    public NetnsState {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        listeners = List.copyOf(listeners);
    }
}
