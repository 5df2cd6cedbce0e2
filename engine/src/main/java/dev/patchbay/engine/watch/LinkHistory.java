package dev.patchbay.engine.watch;

import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.KernelState.Route;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.kernel.LinkChanges.Changed;
import dev.patchbay.engine.netlink.RankedRoute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Links in the order of their last change, so that the changes since a number are found without a scan.
final class LinkHistory {
    /// @param changeNumber the number of its last change
    private record LinkVersion(Link link, List<RankedRoute> routes, long changeNumber) {
        boolean isSame(Link otherLink, List<RankedRoute> otherRoutes) {
            return link.equals(otherLink) && routes.equals(otherRoutes);
        }
    }

    private record Removal(int index, long changeNumber) {}

    private final int maxRemovals;
    private final NavigableMap<Integer, LinkVersion> links = new TreeMap<>();
    private final NavigableMap<Long, Integer> byChange = new TreeMap<>();
    private final Set<Integer> linksWithDefaultRoute = new HashSet<>();
    private final Deque<Removal> removals = new ArrayDeque<>();
    private long lastChange;
    private long oldestRemovalDropped;

    /// @param goneKept number of deleted links that are remembered
    LinkHistory(int goneKept) {
        this.maxRemovals = goneKept;
    }

    /// The number of changes.
    long lastChange() {
        return lastChange;
    }

    Set<Integer> indexes() {
        return new HashSet<>(links.keySet());
    }

    List<RankedRoute> routesThrough(int index) {
        LinkVersion known = links.get(index);
        return known == null ? List.of() : known.routes();
    }

    void set(Link link, List<RankedRoute> routes) {
        LinkVersion old = links.get(link.index());
        if (old != null && old.isSame(link, routes)) {
            return;
        }
        if (old != null) {
            byChange.remove(old.changeNumber());
        }
        lastChange++;
        links.put(link.index(), new LinkVersion(link, routes, lastChange));
        byChange.put(lastChange, link.index());
        if (routes.stream().anyMatch(ranked -> ranked.route().isDefault())) {
            linksWithDefaultRoute.add(link.index());
        } else {
            linksWithDefaultRoute.remove(link.index());
        }
    }

    void remove(int index) {
        LinkVersion old = links.remove(index);
        if (old == null) {
            return;
        }
        lastChange++;
        byChange.remove(old.changeNumber());
        linksWithDefaultRoute.remove(index);
        removals.add(new Removal(index, lastChange));
        if (removals.size() > maxRemovals) {
            oldestRemovalDropped = removals.remove().changeNumber();
        }
    }

    /// The changes since the change of this number; empty when it is too old.
    Optional<LinkChanges> changesSince(long number) {
        if (number < oldestRemovalDropped || number > lastChange) {
            return Optional.empty();
        }
        List<Changed> changed = byChange.tailMap(number, false).values().stream()
                .map(index -> changed(Objects.requireNonNull(links.get(index))))
                .toList();
        List<Integer> lost = new ArrayList<>();
        removals.descendingIterator().forEachRemaining(one -> {
            if (one.changeNumber() > number && !links.containsKey(one.index())) {
                lost.add(one.index());
            }
        });
        return Optional.of(new LinkChanges(changed, lost, defaultRoutes()));
    }

    private static Changed changed(LinkVersion known) {
        return new Changed(
                known.link(),
                known.routes().stream()
                        .map(RankedRoute::route)
                        .filter(route -> !route.isDefault())
                        .toList());
    }

    private List<Route> defaultRoutes() {
        return linksWithDefaultRoute.stream()
                .sorted()
                .flatMap(index -> Objects.requireNonNull(links.get(index)).routes().stream())
                .filter(ranked -> ranked.route().isDefault())
                .sorted(Comparator.comparingInt(RankedRoute::metric))
                .map(RankedRoute::route)
                .toList();
    }
}
