package dev.patchbay.engine.kernel;

import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.KernelState.Route;
import dev.patchbay.engine.kernel.KernelState.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The changes from an earlier [KernelState] to the present one.
public record KernelStateDelta(String hostname, boolean ipForward, LinkChanges links, Transport transport) {
    KernelState applyTo(KernelState before) {
        Set<Integer> touched = new HashSet<>(links.gone());
        links.changed().forEach(changed -> touched.add(changed.link().index()));
        Set<String> devices = new HashSet<>();
        List<Link> after = new ArrayList<>();
        for (Link link : before.links()) {
            if (touched.contains(link.index())) {
                devices.add(link.name());
            } else {
                after.add(link);
            }
        }
        links.changed().forEach(changed -> after.add(changed.link()));
        after.sort(Comparator.comparingInt(Link::index));
        return new KernelState(hostname, ipForward, after, routes(before, devices), transport);
    }

    /// @param touched names of the changed links before the change
    private List<Route> routes(KernelState before, Set<String> touched) {
        List<Route> after = new ArrayList<>(links.defaults());
        before.routes().stream()
                .filter(route -> !route.isDefault() && !touched.contains(route.device()))
                .forEach(after::add);
        links.changed().forEach(changed -> after.addAll(changed.routes()));
        after.sort(Comparator.comparing(Route::isIpv6));
        return after;
    }
}
