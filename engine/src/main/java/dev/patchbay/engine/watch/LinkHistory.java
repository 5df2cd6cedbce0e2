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

/// The links of a namespace by when they became what they are, so that what is newer is found without a search.
final class LinkHistory {
    /// @param since the number of the change that made it so
    private record LinkVersion(Link link, List<RankedRoute> routes, long since) {
        boolean shows(Link otherLink, List<RankedRoute> otherRoutes) {
            return link.equals(otherLink) && routes.equals(otherRoutes);
        }
    }

    private record Removal(int index, long since) {}

    private final int goneKept;
    private final NavigableMap<Integer, LinkVersion> links = new TreeMap<>();
    private final NavigableMap<Long, Integer> byChange = new TreeMap<>();
    private final Set<Integer> withDefaults = new HashSet<>();
    private final Deque<Removal> gone = new ArrayDeque<>();
    private long changes;
    private long forgotten;

    /// @param goneKept of so many links that went it is known when
    LinkHistory(int goneKept) {
        this.goneKept = goneKept;
    }

    /// How many changes there were.
    long changes() {
        return changes;
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
        if (old != null && old.shows(link, routes)) {
            return;
        }
        if (old != null) {
            byChange.remove(old.since());
        }
        changes++;
        links.put(link.index(), new LinkVersion(link, routes, changes));
        byChange.put(changes, link.index());
        if (routes.stream().anyMatch(ranked -> ranked.route().isDefault())) {
            withDefaults.add(link.index());
        } else {
            withDefaults.remove(link.index());
        }
    }

    void remove(int index) {
        LinkVersion old = links.remove(index);
        if (old == null) {
            return;
        }
        changes++;
        byChange.remove(old.since());
        withDefaults.remove(index);
        gone.add(new Removal(index, changes));
        if (gone.size() > goneKept) {
            forgotten = gone.remove().since();
        }
    }

    /// What is another since a change of this number; empty when that is too long ago.
    Optional<LinkChanges> since(long number) {
        if (number < forgotten || number > changes) {
            return Optional.empty();
        }
        List<Changed> changed = byChange.tailMap(number, false).values().stream()
                .map(index -> changed(Objects.requireNonNull(links.get(index))))
                .toList();
        List<Integer> lost = new ArrayList<>();
        gone.descendingIterator().forEachRemaining(one -> {
            if (one.since() > number && !links.containsKey(one.index())) {
                lost.add(one.index());
            }
        });
        return Optional.of(new LinkChanges(changed, lost, defaults()));
    }

    private static Changed changed(LinkVersion known) {
        return new Changed(
                known.link(),
                known.routes().stream()
                        .map(RankedRoute::route)
                        .filter(route -> !route.isDefault())
                        .toList());
    }

    private List<Route> defaults() {
        return withDefaults.stream()
                .sorted()
                .flatMap(index -> Objects.requireNonNull(links.get(index)).routes().stream())
                .filter(ranked -> ranked.route().isDefault())
                .sorted(Comparator.comparingInt(RankedRoute::metric))
                .map(RankedRoute::route)
                .toList();
    }
}
