package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.protocol.LinkChanges;
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

    private record Routes(int index, int family) {}

    private final NetlinkSocket events;
    private final RouteNetlink kernel;
    private final KnownLinks links;
    private final Set<Integer> doubtful = new HashSet<>();
    private final Set<Routes> doubtfulRoutes = new HashSet<>();
    private boolean allDoubtful = true;

    private HostPicture(NetlinkSocket events, RouteNetlink kernel, int goneKept) {
        this.events = events;
        this.kernel = kernel;
        this.links = new KnownLinks(goneKept);
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
            case Rtnl.RTM_NEWROUTE, Rtnl.RTM_DELROUTE -> doubtRoute(message);
            default -> {}
        }
    }

    /// Each link has several routes that nobody asks for.
    private void doubtRoute(NetlinkMessage message) throws EngineException {
        List<RankedRoute> routes = RouteAnswers.routes(message, Map.of());
        if (routes.isEmpty() || routes.getFirst().route().isIpv6LinkLocal()) {
            return;
        }
        int family = message.payload().get(0);
        for (int index : RouteAnswers.routeLinks(message)) {
            doubtful.add(index);
            doubtfulRoutes.add(new Routes(index, family));
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
            Set<Routes> routes = Set.copyOf(doubtfulRoutes);
            boolean all = allDoubtful;
            doubtful.clear();
            doubtfulRoutes.clear();
            allDoubtful = false;
            try {
                if (all) {
                    readAll();
                } else {
                    for (int index : reading) {
                        read(index, routes);
                    }
                }
            } catch (EngineException e) {
                allDoubtful = true;
                throw e;
            }
            drain();
        }
        return links.changes();
    }

    private void readAll() throws EngineException {
        Set<Integer> left = links.indexes();
        Map<String, List<RankedRoute>> routes = kernel.routesByLink();
        for (Link link : kernel.links()) {
            left.remove(link.index());
            links.set(link, routes.getOrDefault(link.name(), List.of()));
        }
        left.forEach(links::remove);
    }

    private void read(int index, Set<Routes> routes) throws EngineException {
        try {
            Link link = kernel.wholeLink(index);
            if (link == null) {
                links.remove(index);
                return;
            }
            List<RankedRoute> through = new ArrayList<>();
            for (int family : new int[] {Rtnl.AF_INET, Rtnl.AF_INET6}) {
                if (mayHaveRoutes(link, family) || routes.contains(new Routes(index, family))) {
                    through.addAll(kernel.routesThrough(link, family));
                }
            }
            links.set(link, through);
        } catch (EngineException e) {
            if (e.errno() != Errno.ENODEV) {
                throw e;
            }
            links.remove(index);
        }
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
    public synchronized Optional<LinkChanges> since(long number) {
        return links.since(number);
    }

    @Override
    public void close() {
        events.close();
    }
}
