package dev.patchbay.engine.kernel;

import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.KernelState.Route;
import java.util.List;

/// What is not as it was among a host's links, addresses and routes.
///
/// @param changed links that are new or another way
/// @param gone indexes of links that are no longer there
/// @param defaults all default routes, the preferred first
public record LinkChanges(List<Changed> changed, List<Integer> gone, List<Route> defaults) {
    public LinkChanges {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
        defaults = List.copyOf(defaults);
    }

    /// @param routes through this link, default routes aside
    public record Changed(Link link, List<Route> routes) {
        public Changed {
            routes = List.copyOf(routes);
        }
    }
}
