package dev.patchbay.engine.netlink;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Constants and requests of rtnetlink.
public final class Rtnl {
    /// Creates an object, and fails when it exists.
    static final int CREATE = NetlinkRequest.NLM_F_CREATE | NetlinkRequest.NLM_F_EXCL;

    static final int AF_UNSPEC = 0;
    public static final int AF_INET = 2;
    static final int AF_BRIDGE = 7;
    public static final int AF_INET6 = 10;

    /// The number of a family.
    public static int af(Family family) {
        return switch (family) {
            case IPV4 -> AF_INET;
            case IPV6 -> AF_INET6;
        };
    }

    // linux/rtnetlink.h
    public static final int RTM_NEWLINK = 16;
    public static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_SETLINK = 19;
    public static final int RTM_NEWADDR = 20;
    public static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    public static final int RTM_NEWROUTE = 24;
    public static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;

    static final int RTM_GETRULE = 34;

    public static final int RTM_NEWNETCONF = 80;
    public static final int RTM_DELNETCONF = 81;
    static final int RTM_GETNSID = 90;

    public static final int RTMGRP_LINK = 1;
    public static final int RTMGRP_IPV4_IFADDR = 0x10;
    public static final int RTMGRP_IPV4_ROUTE = 0x40;
    public static final int RTMGRP_IPV6_IFADDR = 0x100;
    public static final int RTMGRP_IPV6_ROUTE = 0x400;

    /// RTNLGRP_IPV4_NETCONF and RTNLGRP_IPV6_NETCONF are groups 24 and 25; masks count from bit 0.
    public static final int RTMGRP_IPV4_NETCONF = 1 << 23;

    public static final int RTMGRP_IPV6_NETCONF = 1 << 24;

    static final int RT_TABLE_MAIN = 254;
    static final int RTPROT_BOOT = 3;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_NOWHERE = 255;
    static final int RTN_UNICAST = 1;
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;
    static final int RTA_MULTIPATH = 9;
    static final int RTA_TABLE = 15;
    static final int RTA_VIA = 18;
    static final int RTNH_F_DEAD = 1;
    static final int RTM_F_CLONED = 0x200;
    static final int RTEXT_FILTER_SKIP_STATS = 8;

    // linux/if_link.h
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_MASTER = 10;
    static final int IFLA_PROTINFO = 12;
    static final int IFLA_TXQLEN = 13;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_STATS64 = 23;
    static final int IFLA_GROUP = 27;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int IFLA_LINK_NETNSID = 37;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_BRPORT_MODE = 4;

    /// linux/veth.h
    static final int VETH_INFO_PEER = 1;

    static final int IFLA_MACVLAN_MODE = 1;
    static final int MACVLAN_MODE_BRIDGE = 4;

    /// net/if.h
    static final int IFF_UP = 1;

    // linux/if_addr.h
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_BROADCAST = 4;
    static final int IFA_FLAGS = 8;
    static final int IFA_F_NODAD = 2;

    // linux/fib_rules.h
    static final int FRA_DST = 1;
    static final int FRA_SRC = 2;
    static final int FRA_IIFNAME = 3;
    static final int FRA_GOTO = 4;
    static final int FRA_PRIORITY = 6;
    static final int FRA_FWMARK = 10;
    static final int FRA_TUN_ID = 12;
    static final int FRA_SUPPRESS_IFGROUP = 13;
    static final int FRA_SUPPRESS_PREFIXLEN = 14;
    static final int FRA_TABLE = 15;
    static final int FRA_FWMASK = 16;
    static final int FRA_OIFNAME = 17;
    static final int FRA_L3MDEV = 19;
    static final int FRA_UID_RANGE = 20;
    static final int FRA_IP_PROTO = 22;
    static final int FRA_SPORT_RANGE = 23;
    static final int FRA_DPORT_RANGE = 24;
    static final int FRA_DSCP = 25;
    static final int FRA_SPORT_MASK = 28;
    static final int FRA_DPORT_MASK = 29;
    static final int FRA_LAST_KNOWN = 31;
    static final int FIB_RULE_INVERT = 2;

    /// linux/net_namespace.h
    static final int NETNSA_NSID = 1;

    static final int NETNSA_FD = 3;

    /// linux/netconf.h
    static final int NETCONFA_IFINDEX = 1;

    static final int NETCONFA_FORWARDING = 2;
    static final int NETCONFA_IFINDEX_ALL = -1;

    /// Sizes of struct ifinfomsg, ifaddrmsg, rtmsg and rtnexthop, and of netconfmsg with its padding.
    static final int IFINFOMSG = 16;

    static final int IFADDRMSG = 8;
    static final int RTMSG = 12;
    static final int FIB_RULE_HDR = 12;
    static final int RTNEXTHOP = 8;
    static final int NETCONFMSG = 4;
    /// struct rtgenmsg with its padding.
    static final int RTGENMSG = 4;

    private Rtnl() {}

    /// A link message: of the flags in `change` those in `flags` are set, the others cleared.
    static NetlinkRequest link(int type, int requestFlags, int index, int flags, int change) {
        return ifinfomsg(new NetlinkRequest(type, requestFlags), AF_UNSPEC, index, flags, change);
    }

    private static NetlinkRequest ifinfomsg(NetlinkRequest request, int family, int index, int flags, int change) {
        return request.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    /// Creates a bridge, initially down.
    static NetlinkRequest createBridge(String name, @Nullable MacAddress mac, int group) {
        NetlinkRequest request =
                withNameAndMtu(link(RTM_NEWLINK, CREATE, 0, 0, 0), name, 0).attribute(IFLA_GROUP, group);
        if (mac != null) {
            request.attribute(IFLA_ADDRESS, mac.bytes());
        }
        return request.nested(IFLA_LINKINFO, () -> request.attribute(IFLA_INFO_KIND, "bridge"));
    }

    static NetlinkRequest createVeth(VethRequest veth) {
        NetlinkRequest request = withNameAndMtu(
                        link(RTM_NEWLINK, CREATE, 0, IFF_UP, IFF_UP), veth.hostName(), veth.mtu())
                .attribute(IFLA_GROUP, veth.group())
                .attribute(IFLA_TXQLEN, 0);
        if (veth.masterIndex() != 0) {
            request.attribute(IFLA_MASTER, veth.masterIndex());
        }
        return request.nested(
                IFLA_LINKINFO,
                () -> request.attribute(IFLA_INFO_KIND, "veth")
                        .nested(IFLA_INFO_DATA, () -> request.nested(VETH_INFO_PEER, () -> writePeer(request, veth))));
    }

    /// Created directly in its namespace, because moving it there takes the kernel a hundred times as
    /// long. It must be created down (ENOTCONN otherwise).
    private static void writePeer(NetlinkRequest request, VethRequest veth) {
        withNameAndMtu(ifinfomsg(request, AF_UNSPEC, 0, 0, 0), veth.peerName(), veth.mtu())
                .attribute(IFLA_ADDRESS, veth.peerMac().bytes())
                .attribute(IFLA_TXQLEN, 0)
                .attribute(IFLA_NET_NS_FD, veth.peerNamespace().fd());
    }

    /// Created directly in its namespace, as the inner end of a veth pair.
    static NetlinkRequest createMacvlan(MacvlanRequest macvlan) {
        NetlinkRequest request = withNameAndMtu(link(RTM_NEWLINK, CREATE, 0, 0, 0), macvlan.name(), macvlan.mtu())
                .attribute(IFLA_LINK, macvlan.parentIndex())
                .attribute(IFLA_ADDRESS, macvlan.mac().bytes())
                .attribute(IFLA_NET_NS_FD, macvlan.namespace().fd());
        return request.nested(
                IFLA_LINKINFO,
                () -> request.attribute(IFLA_INFO_KIND, "macvlan")
                        .nested(IFLA_INFO_DATA, () -> request.attribute(IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE)));
    }

    private static NetlinkRequest withNameAndMtu(NetlinkRequest request, String name, int mtu) {
        request.attribute(IFLA_IFNAME, name);
        return mtu == 0 ? request : request.attribute(IFLA_MTU, mtu);
    }

    static NetlinkRequest setHairpin(int index, boolean on) {
        NetlinkRequest request = ifinfomsg(new NetlinkRequest(RTM_SETLINK, 0), AF_BRIDGE, index, 0, 0);
        byte[] mode = {(byte) (on ? 1 : 0)};
        return request.nested(IFLA_PROTINFO, () -> request.attribute(IFLA_BRPORT_MODE, mode));
    }

    static NetlinkRequest addAddress(int index, Cidr address) {
        NetlinkRequest request = address(RTM_NEWADDR, CREATE, index, address);
        if (!address.isIpv4()) {
            request.attribute(IFA_FLAGS, IFA_F_NODAD);
        } else if (address.prefixLength() < 31) {
            request.attribute(IFA_BROADCAST, broadcast(address));
        }
        return request;
    }

    static NetlinkRequest address(int type, int requestFlags, int index, Cidr address) {
        byte[] bytes = address.address().getAddress();
        return ifaddrmsg(
                        new NetlinkRequest(type, requestFlags),
                        family(address.address()),
                        address.prefixLength(),
                        index)
                .attribute(IFA_LOCAL, bytes)
                .attribute(IFA_ADDRESS, bytes);
    }

    private static byte[] broadcast(Cidr address) {
        long hosts = 1L << (32 - address.prefixLength());
        return Addresses.plus(address.network().address(), hosts - 1).getAddress();
    }

    /// Requests the addresses of one link, or of all with index 0.
    static NetlinkRequest addresses(int index) {
        return ifaddrmsg(new NetlinkRequest(RTM_GETADDR, NetlinkRequest.NLM_F_DUMP), AF_UNSPEC, 0, index);
    }

    private static NetlinkRequest ifaddrmsg(NetlinkRequest request, int family, int prefixLength, int index) {
        return request.u8(family).u8(prefixLength).u8(0).u8(RT_SCOPE_UNIVERSE).u32(index);
    }

    /// The default route of the main table. To delete it whatever its values are, protocol and kind are
    /// 0 and the scope is "nowhere".
    static NetlinkRequest defaultRoute(
            int type, int requestFlags, InetAddress gateway, int index, int protocol, int scope, int kind) {
        return new NetlinkRequest(type, requestFlags)
                .u8(family(gateway))
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(RT_TABLE_MAIN)
                .u8(protocol)
                .u8(scope)
                .u8(kind)
                .u32(0)
                .attribute(RTA_GATEWAY, gateway.getAddress())
                .attribute(RTA_OIF, index);
    }

    /// Requests the routes of a family for one link, or all with index 0.
    static NetlinkRequest routes(int family, int index) {
        NetlinkRequest request = new NetlinkRequest(RTM_GETROUTE, NetlinkRequest.NLM_F_DUMP)
                .u8(family)
                .u8(0)
                .u16(0)
                .u32(0)
                .u32(0);
        return index == 0 ? request : request.attribute(RTA_OIF, index);
    }

    /// Requests the rules of `ip rule` of a family.
    static NetlinkRequest rules(int family) {
        return new NetlinkRequest(RTM_GETRULE, NetlinkRequest.NLM_F_DUMP)
                .u8(family)
                .u8(0)
                .u16(0)
                .u32(0)
                .u32(0);
    }

    private static int family(InetAddress address) {
        return address.getAddress().length == 4 ? AF_INET : AF_INET6;
    }
}
