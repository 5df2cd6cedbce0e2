package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.protocol.KernelState.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The links and routes of a sandbox, read at once.
record Inside(String namespace, List<Link> links, List<Route> routes) {
    /// The namespace must exist.
    static Inside of(Entrance entrance) throws EngineException {
        try (Namespace held = entrance.open();
                RouteNetlink inner = RouteNetlink.openIn(held)) {
            return new Inside(entrance.name(), inner.links(), inner.routes());
        }
    }

    @Nullable
    Link link(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
