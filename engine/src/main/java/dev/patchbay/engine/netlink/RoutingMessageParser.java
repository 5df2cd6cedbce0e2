package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parses the kernel's messages about the rules and the routes of all routing tables.
final class RoutingMessageParser {

    private RoutingMessageParser() {}

    /// struct fib_rule_hdr { u8 family, dst_len, src_len, tos, table, res1, res2, action; u32 flags }.
    static RoutingTables.Rule rule(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.FIB_RULE_HDR);
        ByteBuffer fixed = message.payload();
        Family family = RouteMessageParser.family(fixed.get(0));
        List<Integer> further = new ArrayList<>();
        for (int type : new int[] {Rtnl.FRA_TUN_ID, Rtnl.FRA_L3MDEV, Rtnl.FRA_UID_RANGE}) {
            if (attributes.has(type) && (type == Rtnl.FRA_UID_RANGE || !hasOnly(0, attributes.bytes(type)))) {
                further.add(type);
            }
        }
        for (int type = Rtnl.FRA_DSCP; type <= Rtnl.FRA_LAST_KNOWN; type++) {
            boolean exactPort =
                    (type == Rtnl.FRA_SPORT_MASK || type == Rtnl.FRA_DPORT_MASK) && hasOnly(-1, attributes.bytes(type));
            if (attributes.has(type) && !exactPort) {
                further.add(type);
            }
        }
        if (fixed.get(3) != 0) {
            further.add(Rtnl.FRA_DSCP);
        }
        return new RoutingTables.Rule(
                family,
                attributes.u32(Rtnl.FRA_PRIORITY),
                (fixed.getInt(8) & Rtnl.FIB_RULE_INVERT) != 0,
                prefix(attributes, Rtnl.FRA_SRC, fixed.get(2)),
                prefix(attributes, Rtnl.FRA_DST, fixed.get(1)),
                attributes.string(Rtnl.FRA_IIFNAME),
                attributes.string(Rtnl.FRA_OIFNAME),
                Integer.toUnsignedLong(attributes.u32(Rtnl.FRA_FWMARK)),
                Integer.toUnsignedLong(attributes.u32(Rtnl.FRA_FWMASK)),
                u8(attributes, Rtnl.FRA_IP_PROTO),
                ports(attributes, Rtnl.FRA_SPORT_RANGE),
                ports(attributes, Rtnl.FRA_DPORT_RANGE),
                fixed.get(7) & 0xff,
                attributes.has(Rtnl.FRA_TABLE) ? attributes.u32(Rtnl.FRA_TABLE) : fixed.get(4) & 0xff,
                attributes.u32(Rtnl.FRA_GOTO),
                attributes.has(Rtnl.FRA_SUPPRESS_PREFIXLEN) ? attributes.u32(Rtnl.FRA_SUPPRESS_PREFIXLEN) : -1,
                attributes.has(Rtnl.FRA_SUPPRESS_IFGROUP) ? attributes.u32(Rtnl.FRA_SUPPRESS_IFGROUP) : -1,
                further);
    }

    /// The kernel sends FRA_TUN_ID and FRA_L3MDEV as zeros when they are not set, and the mask of a single
    /// port as ones.
    private static boolean hasOnly(int value, byte @Nullable [] bytes) {
        if (bytes != null) {
            for (byte one : bytes) {
                if (one != value) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int u8(Attributes attributes, int type) {
        byte[] bytes = attributes.bytes(type);
        return bytes == null || bytes.length == 0 ? 0 : bytes[0] & 0xff;
    }

    private static @Nullable Cidr prefix(Attributes attributes, int type, byte length) throws EngineException {
        InetAddress address = RouteMessageParser.inetAddress(attributes.bytes(type));
        return address == null ? null : RouteMessageParser.cidr(address, length);
    }

    /// struct fib_rule_port_range { u16 start, end } in the host's byte order.
    private static @Nullable PortRange ports(Attributes attributes, int type) {
        ByteBuffer range = attributes.raw(type);
        return range.remaining() < 4
                ? null
                : new PortRange(Short.toUnsignedInt(range.getShort(0)), Short.toUnsignedInt(range.getShort(2)));
    }

    /// The routes of a message, one for each next hop; none for a route to link-local or multicast
    /// addresses, a cached one, one for another type of service, and one whose link is gone.
    static List<RoutingTables.Route> routes(NetlinkMessage message, Map<Integer, String> names) throws EngineException {
        Attributes attributes = message.attributes(Rtnl.RTMSG);
        ByteBuffer fixed = message.payload();
        Family family = RouteMessageParser.family(fixed.get(0));
        InetAddress network = RouteMessageParser.inetAddress(attributes.bytes(Rtnl.RTA_DST));
        Cidr destination = network == null ? family.anyPrefix() : RouteMessageParser.cidr(network, fixed.get(1));
        int flags = fixed.getInt(8);
        if (fixed.get(3) != 0
                || (flags & (Rtnl.RTNH_F_DEAD | Rtnl.RTM_F_CLONED)) != 0
                || destination.address().isLinkLocalAddress()
                || destination.address().isMulticastAddress()) {
            return List.of();
        }
        List<RouteMessageParser.NextHop> hops = attributes.has(Rtnl.RTA_MULTIPATH)
                ? RouteMessageParser.nextHops(attributes)
                : List.of(new RouteMessageParser.NextHop(attributes.u32(Rtnl.RTA_OIF), attributes));
        List<RoutingTables.Route> routes = new ArrayList<>();
        for (RouteMessageParser.NextHop hop : hops) {
            routes.add(new RoutingTables.Route(
                    attributes.has(Rtnl.RTA_TABLE) ? attributes.u32(Rtnl.RTA_TABLE) : fixed.get(4) & 0xff,
                    fixed.get(7) & 0xff,
                    destination,
                    gateway(hop.attributes()),
                    names.getOrDefault(hop.index(), ""),
                    RouteMessageParser.inetAddress(attributes.bytes(Rtnl.RTA_PREFSRC)),
                    Integer.toUnsignedLong(attributes.u32(Rtnl.RTA_PRIORITY)),
                    hops.size() > 1));
        }
        return routes;
    }

    /// RTA_VIA, struct rtvia { u16 family; u8 address[] }, is a gateway of the other family.
    private static @Nullable InetAddress gateway(Attributes hop) throws EngineException {
        byte[] via = hop.bytes(Rtnl.RTA_VIA);
        if (via == null || via.length < 6) {
            return RouteMessageParser.inetAddress(hop.bytes(Rtnl.RTA_GATEWAY));
        }
        byte[] address = new byte[via.length - 2];
        System.arraycopy(via, 2, address, 0, address.length);
        return RouteMessageParser.inetAddress(address);
    }
}
