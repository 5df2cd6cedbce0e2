package dev.patchbay.engine.drift;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.netlink.RouteNetlink;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the host's links during one comparison: by name, or all of them read once.
final class LinkLookup {
    private final RouteNetlink netlink;
    private @Nullable Map<String, Link> byName;

    LinkLookup(RouteNetlink netlink) {
        this.netlink = netlink;
    }

    @Nullable
    Link byName(String name) throws EngineException {
        return byName == null ? netlink.link(name) : byName.get(name);
    }

    Collection<Link> all() throws EngineException {
        if (byName == null) {
            Map<String, Link> found = new HashMap<>();
            netlink.links().forEach(link -> found.put(link.name(), link));
            byName = found;
        }
        return byName.values();
    }

    /// The link that has our mark for this object, whatever its name.
    @Nullable
    Link byOwner(Id object) throws EngineException {
        return all().stream()
                .filter(link -> object.equals(Ownership.owner(link)))
                .findFirst()
                .orElse(null);
    }
}
