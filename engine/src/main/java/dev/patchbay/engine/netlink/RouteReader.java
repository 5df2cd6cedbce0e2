package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.LinkCounters;
import dev.patchbay.engine.spec.Cidr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads links, addresses and routes of one network namespace, one of them or all.
public abstract sealed class RouteReader implements AutoCloseable permits RouteNetlink {
    final NetlinkSocket socket;

    RouteReader(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Without its addresses.
    ///
    /// @return null when there is none of this index
    public KernelState.@Nullable Link link(int index) throws EngineException {
        try {
            NetlinkRequest request = Rtnl.link(Rtnl.RTM_GETLINK, 0, index, 0, 0)
                    .attribute(Rtnl.IFLA_EXT_MASK, Rtnl.RTEXT_FILTER_SKIP_STATS);
            List<NetlinkMessage> answers = socket.request("read link " + index, request);
            return answers.isEmpty() ? null : RouteAnswers.link(answers.getFirst(), List.of());
        } catch (EngineException e) {
            if (e.errno() == Errno.ENODEV) {
                return null;
            }
            throw e;
        }
    }

    /// With its addresses.
    ///
    /// @return null when there is none of this index
    KernelState.@Nullable Link wholeLink(int index) throws EngineException {
        KernelState.Link link = link(index);
        return link == null
                ? null
                : link.withAddresses(
                        addresses("read the addresses of " + link.name(), index).getOrDefault(index, List.of()));
    }

    /// @return null when there is none of this name
    public KernelState.@Nullable Link link(String name) throws EngineException {
        String step = "read link " + name;
        NetlinkMessage message;
        try {
            message = linkMessage(step, name);
        } catch (EngineException e) {
            if (e.errno() == Errno.ENODEV) {
                return null;
            }
            throw e;
        }
        int index = RouteAnswers.linkIndex(message);
        return RouteAnswers.link(message, addresses(step, index).getOrDefault(index, List.of()));
    }

    /// All links by rising ifindex, each with its addresses of both families, link-local ones included.
    public List<KernelState.Link> links() throws EngineException {
        String step = "list the links";
        List<NetlinkMessage> messages = linkMessages(step, Rtnl.RTEXT_FILTER_SKIP_STATS);
        Map<Integer, List<Cidr>> addresses = addresses(step, 0);
        List<KernelState.Link> links = new ArrayList<>();
        for (NetlinkMessage message : messages) {
            links.add(RouteAnswers.link(message, addresses.getOrDefault(RouteAnswers.linkIndex(message), List.of())));
        }
        links.sort(Comparator.comparingInt(KernelState.Link::index));
        return links;
    }

    /// Indexes of the links of a group. The kernel keeps no list of them, so this goes through all links.
    public Set<Integer> linksInGroup(int group) throws EngineException {
        Set<Integer> indexes = new HashSet<>();
        for (NetlinkMessage message : linkMessages("list the links of group " + group, Rtnl.RTEXT_FILTER_SKIP_STATS)) {
            if (message.attributes(Rtnl.IFINFOMSG).integer(Rtnl.IFLA_GROUP) == group) {
                indexes.add(RouteAnswers.linkIndex(message));
            }
        }
        return indexes;
    }

    /// The unicast routes of the main table, those of IPv4 first, one for each next hop. Those to the link-local
    /// addresses of each link are left out.
    public List<KernelState.Route> routes() throws EngineException {
        return rankedRoutes().stream().map(RankedRoute::route).toList();
    }

    /// By the name of the link.
    Map<String, List<RankedRoute>> routesByLink() throws EngineException {
        return rankedRoutes().stream()
                .collect(Collectors.groupingBy(ranked -> ranked.route().device()));
    }

    private List<RankedRoute> rankedRoutes() throws EngineException {
        String step = "list the routes";
        Map<Integer, String> names = new HashMap<>();
        for (NetlinkMessage message : linkMessages(step, Rtnl.RTEXT_FILTER_SKIP_STATS)) {
            names.put(RouteAnswers.linkIndex(message), RouteAnswers.linkName(message));
        }
        List<RankedRoute> routes = routes(step, Rtnl.AF_INET, 0, names);
        routes.addAll(routes(step, Rtnl.AF_INET6, 0, names));
        return routes;
    }

    /// The routes of one family that [#routes] has of one link, and how much the kernel prefers others to them.
    List<RankedRoute> routesThrough(KernelState.Link link, int family) throws EngineException {
        String step = "list the routes through " + link.name();
        return routes(step, family, link.index(), Map.of(link.index(), link.name())).stream()
                .filter(ranked -> ranked.route().device().equals(link.name()))
                .toList();
    }

    /// @param index 0 for those of all links
    private List<RankedRoute> routes(String step, int family, int index, Map<Integer, String> names)
            throws EngineException {
        List<RankedRoute> routes = new ArrayList<>();
        for (NetlinkMessage message : socket.dump(step, Rtnl.routes(family, index))) {
            routes.addAll(RouteAnswers.routes(message, names));
        }
        routes.removeIf(ranked -> ranked.route().isIpv6LinkLocal());
        return routes;
    }

    public List<LinkCounters> linkCounters() throws EngineException {
        List<LinkCounters> counters = new ArrayList<>();
        for (NetlinkMessage message : linkMessages("read the counters of the links", 0)) {
            counters.add(RouteAnswers.counters(message));
        }
        return counters;
    }

    @Override
    public void close() {
        socket.close();
    }

    NetlinkMessage linkMessage(String step, String name) throws EngineException {
        NetlinkRequest request = Rtnl.link(Rtnl.RTM_GETLINK, 0, 0, 0, 0)
                .attribute(Rtnl.IFLA_IFNAME, name)
                .attribute(Rtnl.IFLA_EXT_MASK, Rtnl.RTEXT_FILTER_SKIP_STATS);
        List<NetlinkMessage> answers = socket.request(step, request);
        if (answers.isEmpty()) {
            throw new EngineException(step, "the kernel answered nothing");
        }
        return answers.getFirst();
    }

    private List<NetlinkMessage> linkMessages(String step, int filter) throws EngineException {
        return socket.dump(
                step,
                Rtnl.link(Rtnl.RTM_GETLINK, NetlinkRequest.NLM_F_DUMP, 0, 0, 0).attribute(Rtnl.IFLA_EXT_MASK, filter));
    }

    /// @param index 0 for the addresses of all links
    private Map<Integer, List<Cidr>> addresses(String step, int index) throws EngineException {
        Map<Integer, List<Cidr>> addresses = new HashMap<>();
        NetlinkRequest request = Rtnl.addresses(index);
        for (NetlinkMessage message : socket.dump(step, request)) {
            RouteAnswers.LinkAddress found = RouteAnswers.address(message);
            addresses.computeIfAbsent(found.index(), i -> new ArrayList<>()).add(found.address());
        }
        return addresses;
    }
}
