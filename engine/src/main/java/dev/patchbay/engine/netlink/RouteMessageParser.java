package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parses the kernel's messages about links, addresses and routes.
public final class RouteMessageParser {
    private RouteMessageParser() {}

    /// An address and the ifindex of its link.
    public record LinkAddress(int index, Cidr address) {}

    public static int linkIndex(NetlinkMessage message) throws EngineException {
        message.requireHeader(Rtnl.IFINFOMSG);
        return message.payload().getInt(4);
    }

    public static String linkName(NetlinkMessage message) throws EngineException {
        return message.attributes(Rtnl.IFINFOMSG).string(Rtnl.IFLA_IFNAME);
    }

    public static String linkAlias(NetlinkMessage message) throws EngineException {
        return message.attributes(Rtnl.IFINFOMSG).string(Rtnl.IFLA_IFALIAS);
    }

    static KernelState.Link link(NetlinkMessage message, List<Cidr> addresses) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.IFINFOMSG);
        byte[] mac = attributes.bytes(Rtnl.IFLA_ADDRESS);
        return new KernelState.Link(
                linkIndex(message),
                attributes.string(Rtnl.IFLA_IFNAME),
                attributes.nested(Rtnl.IFLA_LINKINFO).string(Rtnl.IFLA_INFO_KIND),
                attributes.u32(Rtnl.IFLA_MASTER),
                (message.payload().getInt(8) & Rtnl.IFF_UP) != 0,
                attributes.u32(Rtnl.IFLA_MTU),
                mac != null && mac.length == 6 ? MacAddress.of(mac) : null, // tunnels have addresses of other lengths
                attributes.string(Rtnl.IFLA_IFALIAS),
                attributes.u32(Rtnl.IFLA_GROUP),
                addresses);
    }

    /// struct rtnl_link_stats64: packets in and out, then bytes in and out.
    static LinkCounters counters(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.IFINFOMSG);
        ByteBuffer stats = attributes.raw(Rtnl.IFLA_STATS64);
        if (stats.remaining() < 4 * Long.BYTES) {
            throw Attributes.malformed("a link has no counters");
        }
        return new LinkCounters(
                attributes.string(Rtnl.IFLA_IFNAME),
                stats.getLong(16),
                stats.getLong(24),
                stats.getLong(0),
                stats.getLong(8));
    }

    /// Links may have addresses of other protocols.
    static boolean isInetAddress(NetlinkMessage message) {
        ByteBuffer fixed = message.payload();
        return !fixed.hasRemaining() || fixed.get(0) == Rtnl.AF_INET || fixed.get(0) == Rtnl.AF_INET6;
    }

    public static LinkAddress address(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.IFADDRMSG);
        ByteBuffer fixed = message.payload();
        // On a point-to-point link IFA_ADDRESS is the address of the peer; otherwise IPv6 has no
        // IFA_LOCAL.
        InetAddress address =
                inetAddress(attributes.bytes(attributes.has(Rtnl.IFA_LOCAL) ? Rtnl.IFA_LOCAL : Rtnl.IFA_ADDRESS));
        if (address == null) {
            throw Attributes.malformed("an address is missing");
        }
        return new LinkAddress(fixed.getInt(4), cidr(address, fixed.get(1)));
    }

    /// Whether a message about settings says that forwarding of the whole host has changed. The kernel
    /// also sends one for each link.
    public static boolean isHostForwarding(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.NETCONFMSG);
        return attributes.has(Rtnl.NETCONFA_FORWARDING)
                && attributes.u32(Rtnl.NETCONFA_IFINDEX) == Rtnl.NETCONFA_IFINDEX_ALL;
    }

    /// The routes of a message: one for each next hop; none unless it is a unicast route of the main
    /// table.
    public static List<RankedRoute> routes(NetlinkMessage message, Map<Integer, String> linkNames)
            throws EngineException {
        Attributes attributes = message.attributes(Rtnl.RTMSG);
        ByteBuffer fixed = message.payload();
        int table = attributes.has(Rtnl.RTA_TABLE) ? attributes.u32(Rtnl.RTA_TABLE) : fixed.get(4) & 0xff;
        if (table != Rtnl.RT_TABLE_MAIN || fixed.get(7) != Rtnl.RTN_UNICAST) {
            return List.of();
        }
        Family family = family(fixed.get(0));
        InetAddress network = inetAddress(attributes.bytes(Rtnl.RTA_DST));
        Cidr destination = network == null ? family.anyPrefix() : cidr(network, fixed.get(1));
        int metric = attributes.u32(Rtnl.RTA_PRIORITY);
        if (!attributes.has(Rtnl.RTA_MULTIPATH)) {
            return List.of(
                    new RankedRoute(route(destination, attributes, attributes.u32(Rtnl.RTA_OIF), linkNames), metric));
        }
        List<RankedRoute> routes = new ArrayList<>();
        for (NextHop hop : nextHops(attributes)) {
            routes.add(new RankedRoute(route(destination, hop.attributes(), hop.index(), linkNames), metric));
        }
        return routes;
    }

    static Family family(int number) throws EngineException {
        return switch (number) {
            case Rtnl.AF_INET -> Family.IPV4;
            case Rtnl.AF_INET6 -> Family.IPV6;
            default -> throw Attributes.malformed("a route of address family " + number);
        };
    }

    record NextHop(int index, Attributes attributes) {}

    /// An array of struct rtnexthop { u16 length; u8 flags; u8 weight; s32 ifindex } with attributes.
    static List<NextHop> nextHops(Attributes route) throws EngineException {
        List<NextHop> found = new ArrayList<>();
        ByteBuffer hops = route.raw(Rtnl.RTA_MULTIPATH);
        while (hops.hasRemaining()) {
            int start = hops.position();
            int length = hops.remaining() < Rtnl.RTNEXTHOP ? 0 : Short.toUnsignedInt(hops.getShort(start));
            if (length < Rtnl.RTNEXTHOP || length > hops.remaining()) {
                throw Attributes.malformed("a next hop is cut short");
            }
            found.add(new NextHop(
                    hops.getInt(start + 4),
                    Attributes.read(hops.slice(start + Rtnl.RTNEXTHOP, length - Rtnl.RTNEXTHOP))));
            hops.position(Math.min(hops.limit(), start + NetlinkMessage.align(length)));
        }
        return found;
    }

    /// The links of a route of any kind and table.
    public static List<Integer> routeLinks(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.RTMSG);
        return attributes.has(Rtnl.RTA_MULTIPATH)
                ? nextHops(attributes).stream().map(NextHop::index).toList()
                : List.of(attributes.u32(Rtnl.RTA_OIF));
    }

    private static KernelState.Route route(
            Cidr destination, Attributes attributes, int index, Map<Integer, String> linkNames) throws EngineException {
        return new KernelState.Route(
                destination, inetAddress(attributes.bytes(Rtnl.RTA_GATEWAY)), linkNames.getOrDefault(index, ""));
    }

    static Cidr cidr(InetAddress address, byte prefixLength) throws EngineException {
        try {
            return new Cidr(address, prefixLength & 0xff);
        } catch (IllegalArgumentException e) {
            throw new EngineException(NetlinkMessage.READ_STEP, "an address has a wrong prefix length", e);
        }
    }

    static @Nullable InetAddress inetAddress(byte @Nullable [] bytes) throws EngineException {
        if (bytes == null) {
            return null;
        }
        if (bytes.length != 4 && bytes.length != 16) {
            throw Attributes.malformed("an address of " + bytes.length + " bytes");
        }
        return Addresses.of(bytes);
    }
}
