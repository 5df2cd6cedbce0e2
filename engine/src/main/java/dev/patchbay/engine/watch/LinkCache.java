package dev.patchbay.engine.watch;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.RankedRoute;
import dev.patchbay.engine.netlink.RouteMessageParser;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.os.Errno;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The links, addresses and routes of one network namespace, kept up to date by kernel events: only the
/// objects of an event are read again. Thread-safe.
///
/// The kernel queues an event before it acknowledges the change, so a reader after a change sees it.
public final class LinkCache implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LinkCache.class.getName());
    private static final String STEP = "follow the kernel's changes";
    private static final int GROUPS = Rtnl.RTMGRP_LINK
            | Rtnl.RTMGRP_IPV4_IFADDR
            | Rtnl.RTMGRP_IPV4_ROUTE
            | Rtnl.RTMGRP_IPV6_IFADDR
            | Rtnl.RTMGRP_IPV6_ROUTE;
    /// From this number on, reading everything takes less time than reading links one by one.
    private static final int READ_ALL_THRESHOLD = 64;

    private static final int MAX_REMOVALS = 4096;

    /// While changes continue, one read follows another; after this many rounds the rest waits for the
    /// next [#refresh].
    private static final int MAX_ROUNDS = 4;

    /// More events than the kernel keeps for one socket, so that the events before a read are among
    /// them.
    private static final int MAX_DATAGRAMS = 1 << 14;

    private record RouteKey(int index, int family) {}

    private final NetlinkSocket events;
    private final RouteNetlink kernel;
    private final Runnable beforeRead;
    private final LinkHistory links;
    private final Set<Integer> dirtyLinks = new HashSet<>();
    private final Set<RouteKey> dirtyRoutes = new HashSet<>();
    private boolean allDirty = true;
    private boolean initialized;
    private List<Unreadable> unreadable = List.of();

    private LinkCache(NetlinkSocket events, RouteNetlink kernel, int goneKept, Runnable reading) {
        this.events = events;
        this.kernel = kernel;
        this.beforeRead = reading;
        this.links = new LinkHistory(goneKept);
    }

    /// Opens a cache for the network namespace of the calling thread.
    ///
    /// @param kernel of the same namespace; not closed with this
    public static LinkCache open(RouteNetlink kernel) throws EngineException {
        return open(kernel, MAX_REMOVALS, () -> {});
    }

    /// @param goneKept number of deleted links that are remembered
    /// @param reading called before each read, for tests
    static LinkCache open(RouteNetlink kernel, int goneKept, Runnable reading) throws EngineException {
        return new LinkCache(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, GROUPS), kernel, goneKept, reading);
    }

    /// Receives events without reading the kernel, so that their queue does not overflow.
    public synchronized void drainEvents() {
        try {
            drain();
        } catch (EngineException e) {
            // The next reader gets the failure.
            LOG.log(Level.WARNING, "events are not heard", e);
        }
    }

    private void drain() throws EngineException {
        boolean empty = false;
        for (int received = 0; received < MAX_DATAGRAMS && !empty; received++) {
            try {
                List<NetlinkMessage> messages = events.receiveEvents(STEP);
                messages.forEach(this::markDirty);
                empty = messages.isEmpty();
            } catch (EngineException e) {
                if (e.errno() != Errno.ENOBUFS) {
                    allDirty = true;
                    throw e;
                }
                allDirty = true;
            }
        }
        // After a failure the changed objects are unknown, so everything is read.
        allDirty |=
                !empty || dirtyLinks.size() > READ_ALL_THRESHOLD || (!dirtyLinks.isEmpty() && !unreadable.isEmpty());
    }

    /// A message that cannot be read may be about anything.
    private void markDirty(NetlinkMessage message) {
        try {
            markObjectDirty(message);
        } catch (EngineException | RuntimeException e) {
            LOG.log(Level.DEBUG, "an event could not be read", e);
            allDirty = true;
        }
    }

    private void markObjectDirty(NetlinkMessage message) throws EngineException {
        switch (message.type()) {
            case Rtnl.RTM_NEWLINK, Rtnl.RTM_DELLINK -> dirtyLinks.add(RouteMessageParser.linkIndex(message));
            case Rtnl.RTM_NEWADDR, Rtnl.RTM_DELADDR ->
                dirtyLinks.add(RouteMessageParser.address(message).index());
            case Rtnl.RTM_NEWROUTE, Rtnl.RTM_DELROUTE -> markRouteDirty(message);
            default -> {}
        }
    }

    /// Most links have several routes that are not cached.
    private void markRouteDirty(NetlinkMessage message) throws EngineException {
        List<RankedRoute> routes = RouteMessageParser.routes(message, Map.of());
        if (routes.isEmpty() || routes.getFirst().route().isIpv6LinkLocal()) {
            return;
        }
        int family = message.payload().get(0);
        for (int index : RouteMessageParser.routeLinks(message)) {
            dirtyLinks.add(index);
            dirtyRoutes.add(new RouteKey(index, family));
        }
        // A route without a link.
        dirtyLinks.remove(0);
    }

    /// Reads all objects marked as changed. Changes during the read may be missing; the next call reads
    /// them.
    ///
    /// @return the number of the last change, for [#changesSince]
    public synchronized long refresh() throws EngineException {
        drain();
        for (int round = 0; round < MAX_ROUNDS && (allDirty || !dirtyLinks.isEmpty()); round++) {
            beforeRead.run();
            Set<Integer> indexes = Set.copyOf(dirtyLinks);
            Set<RouteKey> routes = Set.copyOf(dirtyRoutes);
            boolean all = allDirty;
            dirtyLinks.clear();
            dirtyRoutes.clear();
            allDirty = false;
            try {
                if (all) {
                    readAll();
                } else {
                    for (int index : indexes) {
                        read(index, routes);
                        if (allDirty) {
                            break;
                        }
                    }
                }
            } catch (EngineException e) {
                allDirty = true;
                if (e.errno() == Errno.EINTR && initialized) {
                    LOG.log(Level.DEBUG, "the links change faster than they can be read", e);
                    break;
                }
                throw e;
            } catch (RuntimeException e) {
                allDirty = true;
                throw e;
            }
            drain();
        }
        return links.lastChange();
    }

    private void readAll() throws EngineException {
        Set<Integer> left = links.indexes();
        List<Unreadable> passedOver = new ArrayList<>();
        Map<String, List<RankedRoute>> routes = kernel.routesByLink(passedOver::add);
        for (Link link : kernel.links(passedOver::add)) {
            left.remove(link.index());
            links.set(link, routes.getOrDefault(link.name(), List.of()));
        }
        left.forEach(links::remove);
        unreadable = List.copyOf(passedOver);
        initialized = true;
    }

    private void read(int index, Set<RouteKey> routes) {
        try {
            Link link = kernel.linkWithAddresses(index, this::markAllDirty);
            if (link == null) {
                links.remove(index);
                return;
            }
            List<RankedRoute> through = new ArrayList<>();
            for (int family : new int[] {Rtnl.AF_INET, Rtnl.AF_INET6}) {
                if (mayHaveRoutes(link, family) || routes.contains(new RouteKey(index, family))) {
                    through.addAll(kernel.routesThrough(link, family, this::markAllDirty));
                }
            }
            links.set(link, through);
        } catch (EngineException e) {
            if (e.errno() == Errno.ENODEV) {
                links.remove(index);
            } else {
                // An event may name what cannot be a link: another program can send one. A kernel that fails
                // also fails the read of everything, which comes next.
                LOG.log(Level.DEBUG, "a link could not be read", e);
                allDirty = true;
            }
        }
    }

    private void markAllDirty(Unreadable passedOver) {
        LOG.log(Level.DEBUG, "{0}: everything is read to find it", passedOver);
        allDirty = true;
    }

    /// The kernel visits all routes to find those of one link. A link without an address has no routes,
    /// except those with an event of their own.
    private boolean mayHaveRoutes(Link link, int family) {
        boolean ipv4 = family == Rtnl.AF_INET;
        return link.addresses().stream()
                        .anyMatch(address ->
                                address.isIpv4() == ipv4 && !address.address().isLinkLocalAddress())
                || links.routesThrough(link.index()).stream()
                        .anyMatch(ranked -> ranked.route().isIpv6() != ipv4);
    }

    /// The changes since the change of this number, up to the last [#refresh]; empty when it is too old.
    public synchronized Optional<LinkChanges> changesSince(long number) {
        return links.changesSince(number);
    }

    /// The objects that could not be read, up to the last [#refresh].
    public synchronized List<Unreadable> unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        events.close();
    }
}
