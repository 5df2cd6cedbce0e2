package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.KernelState.Route;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.NetnsRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The links and routes of a sandbox, read at once.
public record NetnsContents(String netns, List<Link> links, List<Route> routes) {
    /// The namespace must exist.
    public static NetnsContents of(NetnsRef ref) throws EngineException {
        try (Namespace held = ref.open();
                RouteNetlink inner = RouteNetlink.openIn(held)) {
            return new NetnsContents(ref.name(), inner.links(), inner.routes());
        }
    }

    public @Nullable Link link(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
