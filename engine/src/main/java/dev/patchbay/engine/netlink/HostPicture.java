package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.protocol.KernelState.Route;
import dev.patchbay.engine.protocol.LinkChanges;
import dev.patchbay.engine.protocol.LinkChanges.Changed;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The links, addresses and routes of one network namespace, kept up to date by what the kernel says of its changes:
/// what an event is about is read again, and nothing else. Any thread may call.
///
/// The kernel queues an event before the change that it tells of is acknowledged, so whoever reads here after a change
/// sees it.
public final class HostPicture implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HostPicture.class.getName());
    private static final String STEP = "follow the kernel's changes";
    private static final int GROUPS = Rtnl.RTMGRP_LINK
            | Rtnl.RTMGRP_IPV4_IFADDR
            | Rtnl.RTMGRP_IPV4_ROUTE
            | Rtnl.RTMGRP_IPV6_IFADDR
            | Rtnl.RTMGRP_IPV6_ROUTE;
    /// From here on, reading everything costs less than reading one after the other.
    private static final int MANY = 64;

    private static final int GONE_KEPT = 4096;

    /// @param since the number of the change that made it so
    private record Known(Link link, List<RankedRoute> routes, long since) {
        boolean shows(Link otherLink, List<RankedRoute> otherRoutes) {
            return link.equals(otherLink) && routes.equals(otherRoutes);
        }
    }

    private record Gone(int index, long since) {}

    private final NetlinkSocket events;
    private final RouteNetlink kernel;
    private final int goneKept;
    private final NavigableMap<Integer, Known> links = new TreeMap<>();
    private final NavigableMap<Long, Integer> byChange = new TreeMap<>();
    private final Set<Integer> withDefaults = new HashSet<>();
    private final Deque<Gone> gone = new ArrayDeque<>();
    private final Set<Integer> doubtful = new HashSet<>();
    private boolean allDoubtful = true;
    private long changes;
    private long forgotten;

    private HostPicture(NetlinkSocket events, RouteNetlink kernel, int goneKept) {
        this.events = events;
        this.kernel = kernel;
        this.goneKept = goneKept;
    }

    /// Of the network namespace of the calling thread.
    ///
    /// @param kernel of the same namespace; not closed with this
    public static HostPicture open(RouteNetlink kernel) throws EngineException {
        return open(kernel, GONE_KEPT);
    }

    /// @param goneKept of so many links that went it is known when
    static HostPicture open(RouteNetlink kernel, int goneKept) throws EngineException {
        return new HostPicture(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, GROUPS), kernel, goneKept);
    }

    /// Takes notice of events, so that their queue does not overflow. Reads nothing.
    public synchronized void takeNotice() {
        try {
            drain();
        } catch (EngineException e) {
            LOG.log(Level.WARNING, "events were not understood", e);
            allDoubtful = true;
        }
    }

    private void drain() throws EngineException {
        try {
            for (var messages = events.receiveEvents(STEP);
                    !messages.isEmpty();
                    messages = events.receiveEvents(STEP)) {
                for (NetlinkMessage message : messages) {
                    doubt(message);
                }
            }
        } catch (EngineException e) {
            if (e.errno() != Errno.ENOBUFS) {
                throw e;
            }
            allDoubtful = true;
        }
        allDoubtful |= doubtful.size() > MANY;
    }

    private void doubt(NetlinkMessage message) throws EngineException {
        switch (message.type()) {
            case Rtnl.RTM_NEWLINK, Rtnl.RTM_DELLINK -> doubtful.add(RouteAnswers.linkIndex(message));
            case Rtnl.RTM_NEWADDR, Rtnl.RTM_DELADDR ->
                doubtful.add(RouteAnswers.address(message).index());
            case Rtnl.RTM_NEWROUTE, Rtnl.RTM_DELROUTE -> doubtful.addAll(RouteAnswers.routeLinks(message));
            default -> {}
        }
        // A route that leads nowhere.
        doubtful.remove(0);
    }

    /// Reads what is in doubt.
    ///
    /// @return the number of the last change, for [#since]
    public synchronized long refresh() throws EngineException {
        drain();
        while (allDoubtful || !doubtful.isEmpty()) {
            Set<Integer> reading = Set.copyOf(doubtful);
            boolean all = allDoubtful;
            doubtful.clear();
            allDoubtful = false;
            try {
                if (all) {
                    readAll();
                } else {
                    for (int index : reading) {
                        read(index);
                    }
                }
            } catch (EngineException e) {
                allDoubtful = true;
                throw e;
            }
            drain();
        }
        return changes;
    }

    private void readAll() throws EngineException {
        Set<Integer> left = new HashSet<>(links.keySet());
        Map<String, List<RankedRoute>> routes = kernel.routesByLink();
        for (Link link : kernel.links()) {
            left.remove(link.index());
            set(link, routes.getOrDefault(link.name(), List.of()));
        }
        left.forEach(this::remove);
    }

    private void read(int index) throws EngineException {
        try {
            Link link = kernel.wholeLink(index);
            if (link == null) {
                remove(index);
            } else {
                set(link, kernel.routesThrough(link));
            }
        } catch (EngineException e) {
            if (e.errno() != Errno.ENODEV) {
                throw e;
            }
            remove(index);
        }
    }

    private void set(Link link, List<RankedRoute> routes) {
        Known old = links.get(link.index());
        if (old != null && old.shows(link, routes)) {
            return;
        }
        if (old != null) {
            byChange.remove(old.since());
        }
        changes++;
        links.put(link.index(), new Known(link, routes, changes));
        byChange.put(changes, link.index());
        if (routes.stream().anyMatch(ranked -> ranked.route().destination() == null)) {
            withDefaults.add(link.index());
        } else {
            withDefaults.remove(link.index());
        }
    }

    private void remove(int index) {
        Known old = links.remove(index);
        if (old == null) {
            return;
        }
        changes++;
        byChange.remove(old.since());
        withDefaults.remove(index);
        gone.add(new Gone(index, changes));
        if (gone.size() > goneKept) {
            forgotten = gone.remove().since();
        }
    }

    /// What is another since a change of this number, as of the last [#refresh]; empty when that is too long ago.
    public synchronized Optional<LinkChanges> since(long number) {
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

    private static Changed changed(Known known) {
        return new Changed(
                known.link(),
                known.routes().stream()
                        .map(RankedRoute::route)
                        .filter(route -> route.destination() != null)
                        .toList());
    }

    private List<Route> defaults() {
        return withDefaults.stream()
                .sorted()
                .flatMap(index -> Objects.requireNonNull(links.get(index)).routes().stream())
                .filter(ranked -> ranked.route().destination() == null)
                .sorted(Comparator.comparingInt(RankedRoute::metric))
                .map(RankedRoute::route)
                .toList();
    }

    @Override
    public void close() {
        events.close();
    }
}
