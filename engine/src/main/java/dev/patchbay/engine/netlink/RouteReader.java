package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.os.Errno;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads links, addresses and routes of one network namespace, single ones or all.
public abstract sealed class RouteReader implements AutoCloseable permits RouteNetlink {
    final NetlinkSocket socket;

    RouteReader(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// A link without its addresses.
    ///
    /// @return null when there is none of this index
    public KernelState.@Nullable Link link(int index) throws EngineException {
        try {
            NetlinkRequest request = Rtnl.link(Rtnl.RTM_GETLINK, 0, index, 0, 0)
                    .attribute(Rtnl.IFLA_EXT_MASK, Rtnl.RTEXT_FILTER_SKIP_STATS);
            List<NetlinkMessage> answers = socket.request("read link " + index, request);
            return answers.isEmpty() ? null : RouteMessageParser.link(answers.getFirst(), List.of());
        } catch (EngineException e) {
            if (e.errno() == Errno.ENODEV) {
                return null;
            }
            throw e;
        }
    }

    /// A link with its addresses.
    ///
    /// @return null when there is none of this index
    public KernelState.@Nullable Link linkWithAddresses(int index, Consumer<Unreadable> unreadable)
            throws EngineException {
        KernelState.Link link = link(index);
        return link == null
                ? null
                : link.withAddresses(addresses("read the addresses of " + link.name(), index, unreadable)
                        .getOrDefault(index, List.of()));
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
        int index = RouteMessageParser.linkIndex(message);
        return RouteMessageParser.link(
                message, addresses(step, index, Unreadable.IGNORE).getOrDefault(index, List.of()));
    }

    /// All links in the order of ifindex, each with its addresses of both families, including link-local
    /// ones.
    public List<KernelState.Link> links() throws EngineException {
        return links(Unreadable.IGNORE);
    }

    public List<KernelState.Link> links(Consumer<Unreadable> unreadable) throws EngineException {
        String step = "list the links";
        List<NetlinkMessage> messages = linkMessages(step, Rtnl.RTEXT_FILTER_SKIP_STATS);
        Map<Integer, List<Cidr>> addresses = addresses(step, 0, unreadable);
        List<KernelState.Link> links = NetlinkMessage.readEach(
                Unreadable.Kind.LINK,
                messages,
                message -> RouteMessageParser.link(
                        message, addresses.getOrDefault(RouteMessageParser.linkIndex(message), List.of())),
                unreadable);
        links.sort(Comparator.comparingInt(KernelState.Link::index));
        return links;
    }

    /// The links here whose peer or parent is in another namespace, by the id of that one: of veth pairs
    /// and macvlan links. Each namespace has ids of its own for others, see [#netnsIdOf].
    public Map<Integer, List<String>> linksByPeerNetns() throws EngineException {
        Map<Integer, List<String>> links = new HashMap<>();
        for (NetlinkMessage message :
                linkMessages("list the links of other namespaces", Rtnl.RTEXT_FILTER_SKIP_STATS)) {
            Attributes attributes = message.attributes(Rtnl.IFINFOMSG);
            if (attributes.has(Rtnl.IFLA_LINK_NETNSID)) {
                links.computeIfAbsent(attributes.u32(Rtnl.IFLA_LINK_NETNSID), _ -> new ArrayList<>())
                        .add(attributes.string(Rtnl.IFLA_IFNAME));
            }
        }
        return links;
    }

    /// The id of another namespace in this one, which the kernel assigns when a link first leads there;
    /// -1 for none.
    public int netnsIdOf(Namespace other) throws EngineException {
        List<NetlinkMessage> answers = socket.request(
                "ask for the number of " + other.name(),
                new NetlinkRequest(Rtnl.RTM_GETNSID, 0).u32(0).attribute(Rtnl.NETNSA_FD, other.fd()));
        return answers.isEmpty()
                ? -1
                : answers.getFirst().attributes(Rtnl.RTGENMSG).u32(Rtnl.NETNSA_NSID);
    }

    /// Indexes of the links of a group. The kernel has no list of them, so this reads all links.
    public Set<Integer> linksInGroup(int group) throws EngineException {
        Set<Integer> indexes = new HashSet<>();
        NetlinkMessage.readEach(
                Unreadable.Kind.LINK,
                linkMessages("list the links of group " + group, Rtnl.RTEXT_FILTER_SKIP_STATS),
                message -> message.attributes(Rtnl.IFINFOMSG).u32(Rtnl.IFLA_GROUP) == group
                        && indexes.add(RouteMessageParser.linkIndex(message)),
                Unreadable.IGNORE);
        return indexes;
    }

    /// The unicast routes of the main table, IPv4 first, one for each next hop, without those to
    /// link-local prefixes.
    public List<KernelState.Route> routes() throws EngineException {
        return routes(Unreadable.IGNORE);
    }

    public List<KernelState.Route> routes(Consumer<Unreadable> unreadable) throws EngineException {
        return rankedRoutes(unreadable).stream().map(RankedRoute::route).toList();
    }

    /// By the name of the link.
    public Map<String, List<RankedRoute>> routesByLink(Consumer<Unreadable> unreadable) throws EngineException {
        return rankedRoutes(unreadable).stream()
                .collect(Collectors.groupingBy(ranked -> ranked.route().device()));
    }

    private List<RankedRoute> rankedRoutes(Consumer<Unreadable> unreadable) throws EngineException {
        String step = "list the routes";
        Map<Integer, String> names = new HashMap<>();
        NetlinkMessage.readEach(
                Unreadable.Kind.LINK,
                linkMessages(step, Rtnl.RTEXT_FILTER_SKIP_STATS),
                message -> names.put(RouteMessageParser.linkIndex(message), RouteMessageParser.linkName(message)),
                Unreadable.IGNORE);
        List<RankedRoute> routes = routes(step, Rtnl.AF_INET, 0, names, unreadable);
        routes.addAll(routes(step, Rtnl.AF_INET6, 0, names, unreadable));
        return routes;
    }

    /// The routes of [#routes] with this family and link, with their metrics.
    public List<RankedRoute> routesThrough(KernelState.Link link, int family, Consumer<Unreadable> unreadable)
            throws EngineException {
        String step = "list the routes through " + link.name();
        return routes(step, family, link.index(), Map.of(link.index(), link.name()), unreadable).stream()
                .filter(ranked -> ranked.route().device().equals(link.name()))
                .toList();
    }

    /// @param index 0 for the routes of all links
    private List<RankedRoute> routes(
            String step, int family, int index, Map<Integer, String> names, Consumer<Unreadable> unreadable)
            throws EngineException {
        List<RankedRoute> routes = new ArrayList<>();
        NetlinkMessage.readEach(
                Unreadable.Kind.ROUTE,
                socket.dump(step, Rtnl.routes(family, index)),
                message -> routes.addAll(RouteMessageParser.routes(message, names)),
                unreadable);
        routes.removeIf(ranked -> ranked.route().isIpv6LinkLocal());
        return routes;
    }

    /// The rules and the routes of all tables, of both families. A kernel without policy routing has no
    /// rules.
    public RoutingTables routingTables(List<KernelState.Link> links, Consumer<Unreadable> unreadable)
            throws EngineException {
        Map<Integer, String> names =
                links.stream().collect(Collectors.toMap(KernelState.Link::index, KernelState.Link::name));
        List<RoutingTables.Rule> rules = new ArrayList<>();
        List<RoutingTables.Route> routes = new ArrayList<>();
        for (int family : new int[] {Rtnl.AF_INET, Rtnl.AF_INET6}) {
            rules.addAll(NetlinkMessage.readEach(
                    Unreadable.Kind.ROUTE, ruleMessages(family), RoutingMessageParser::rule, unreadable));
            NetlinkMessage.readEach(
                    Unreadable.Kind.ROUTE,
                    socket.dump("list the routes of all tables", Rtnl.routes(family, 0)),
                    message -> routes.addAll(RoutingMessageParser.routes(message, names)),
                    unreadable);
        }
        return new RoutingTables(rules, routes);
    }

    private List<NetlinkMessage> ruleMessages(int family) throws EngineException {
        try {
            return socket.dump("list the routing rules", Rtnl.rules(family));
        } catch (EngineException e) {
            if (e.errno() == Errno.EOPNOTSUPP || e.errno() == Errno.EAFNOSUPPORT) {
                return List.of();
            }
            throw e;
        }
    }

    public List<LinkCounters> linkCounters(Consumer<Unreadable> unreadable) throws EngineException {
        return counters(linkMessages("read the counters of the links", 0), unreadable);
    }

    static List<LinkCounters> counters(List<NetlinkMessage> messages, Consumer<Unreadable> unreadable) {
        return NetlinkMessage.readEach(Unreadable.Kind.COUNTER, messages, RouteMessageParser::counters, unreadable);
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
    private Map<Integer, List<Cidr>> addresses(String step, int index, Consumer<Unreadable> unreadable)
            throws EngineException {
        Map<Integer, List<Cidr>> addresses = new HashMap<>();
        NetlinkMessage.readEach(
                        Unreadable.Kind.ADDRESS,
                        socket.dump(step, Rtnl.addresses(index)).stream()
                                .filter(RouteMessageParser::isInetAddress)
                                .toList(),
                        RouteMessageParser::address,
                        unreadable)
                .forEach(found -> addresses
                        .computeIfAbsent(found.index(), _ -> new ArrayList<>())
                        .add(found.address()));
        return addresses;
    }
}
