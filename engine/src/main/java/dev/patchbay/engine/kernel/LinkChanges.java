package dev.patchbay.engine.kernel;

import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.KernelState.Route;
import java.util.List;

/// The changes of a host's links, addresses and routes.
///
/// @param changed new and changed links
/// @param gone indexes of deleted links
/// @param defaults all default routes, the preferred one first
public record LinkChanges(List<Changed> changed, List<Integer> gone, List<Route> defaults) {
    public LinkChanges {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
        defaults = List.copyOf(defaults);
    }

    /// @param routes through this link, without default routes
    public record Changed(Link link, List<Route> routes) {
        public Changed {
            routes = List.copyOf(routes);
        }
    }
}
