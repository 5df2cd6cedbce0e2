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

/// The links, addresses and routes of one network namespace, kept up to date by what the kernel says of its changes:
/// what an event is about is read again, and nothing else. Any thread may call.
///
/// The kernel queues an event before the change that it tells of is acknowledged, so whoever reads here after a
/// change sees it.
public final class LinkCache implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LinkCache.class.getName());
    private static final String STEP = "follow the kernel's changes";
    private static final int GROUPS = Rtnl.RTMGRP_LINK
            | Rtnl.RTMGRP_IPV4_IFADDR
            | Rtnl.RTMGRP_IPV4_ROUTE
            | Rtnl.RTMGRP_IPV6_IFADDR
            | Rtnl.RTMGRP_IPV6_ROUTE;
    /// From here on, reading everything costs less than reading one after the other.
    private static final int READ_ALL_THRESHOLD = 64;

    private static final int MAX_REMOVALS = 4096;

    /// While changes keep coming one reading follows the other; after so many the rest waits for the next [#refresh].
    private static final int MAX_ROUNDS = 4;

    /// More events than the kernel keeps for one socket, so that those from before a reading are among them.
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

    /// Of the network namespace of the calling thread.
    ///
    /// @param kernel of the same namespace; not closed with this
    public static LinkCache open(RouteNetlink kernel) throws EngineException {
        return open(kernel, MAX_REMOVALS, () -> {});
    }

    /// @param goneKept of so many links that went it is known when
    /// @param reading where a test stands before each reading
    static LinkCache open(RouteNetlink kernel, int goneKept, Runnable reading) throws EngineException {
        return new LinkCache(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, GROUPS), kernel, goneKept, reading);
    }

    /// Takes notice of events, so that their queue does not overflow. Reads nothing.
    public synchronized void drainEvents() {
        try {
            drain();
        } catch (EngineException e) {
            // Whoever reads next is told.
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
        // What could not be read is known only of all that there is.
        allDirty |=
                !empty || dirtyLinks.size() > READ_ALL_THRESHOLD || (!dirtyLinks.isEmpty() && !unreadable.isEmpty());
    }

    /// Of a message that cannot be read nobody knows what it is about.
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

    /// Each link has several routes that nobody asks for.
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
        // A route that leads nowhere.
        dirtyLinks.remove(0);
    }

    /// Reads what is in doubt. What changes meanwhile may be as it was before; the next call reads it.
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

    private void read(int index, Set<RouteKey> routes) throws EngineException {
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
            } else if (NetlinkMessage.isMalformed(e)) {
                allDirty = true;
            } else {
                throw e;
            }
        }
    }

    private void markAllDirty(Unreadable passedOver) {
        LOG.log(Level.DEBUG, "{0}: everything is read to find it", passedOver);
        allDirty = true;
    }

    /// The kernel goes through all routes there are to find those of one link. Without an address a link has none
    /// but by an event of their own.
    private boolean mayHaveRoutes(Link link, int family) {
        boolean ipv4 = family == Rtnl.AF_INET;
        return link.addresses().stream()
                        .anyMatch(address ->
                                address.isIpv4() == ipv4 && !address.address().isLinkLocalAddress())
                || links.routesThrough(link.index()).stream()
                        .anyMatch(ranked -> ranked.route().isIpv6() != ipv4);
    }

    /// What is another since a change of this number, as of the last [#refresh]; empty when that is too long ago.
    public synchronized Optional<LinkChanges> changesSince(long number) {
        return links.changesSince(number);
    }

    /// What could not be read, as of the last [#refresh].
    public synchronized List<Unreadable> unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        events.close();
    }
}
