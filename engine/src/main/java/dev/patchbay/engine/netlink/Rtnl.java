package dev.patchbay.engine.netlink;

/// Numbers and fixed headers of rtnetlink.
final class Rtnl {
    static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int AF_BRIDGE = 7;
    static final int AF_INET6 = 10;

    // linux/rtnetlink.h
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_SETLINK = 19;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;

    static final int RTMGRP_LINK = 1;
    static final int RTMGRP_IPV4_IFADDR = 0x10;
    static final int RTMGRP_IPV4_ROUTE = 0x40;

    static final int RT_TABLE_MAIN = 254;
    static final int RTPROT_BOOT = 3;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_NOWHERE = 255;
    static final int RTN_UNICAST = 1;
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_MULTIPATH = 9;
    static final int RTA_TABLE = 15;
    static final int RTEXT_FILTER_SKIP_STATS = 8;

    // linux/if_link.h
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_MASTER = 10;
    static final int IFLA_PROTINFO = 12;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_STATS64 = 23;
    static final int IFLA_GROUP = 27;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_BRPORT_MODE = 4;

    /// linux/veth.h
    static final int VETH_INFO_PEER = 1;

    /// net/if.h
    static final int IFF_UP = 1;

    // linux/if_addr.h
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_BROADCAST = 4;
    static final int IFA_FLAGS = 8;
    static final int IFA_F_NODAD = 2;

    /// Sizes of struct ifinfomsg, ifaddrmsg, rtmsg and rtnexthop.
    static final int IFINFOMSG = 16;

    static final int IFADDRMSG = 8;
    static final int RTMSG = 12;
    static final int RTNEXTHOP = 8;

    private Rtnl() {}

    /// A link message; the flags in `change` are set to those in `flags`.
    static NetlinkRequest link(int type, int requestFlags, int index, int flags, int change) {
        return ifinfomsg(new NetlinkRequest(type, requestFlags), AF_UNSPEC, index, flags, change);
    }

    static NetlinkRequest ifinfomsg(NetlinkRequest request, int family, int index, int flags, int change) {
        return request.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    static NetlinkRequest address(int type, int requestFlags, int family, int prefixLength, int index) {
        return new NetlinkRequest(type, requestFlags)
                .u8(family)
                .u8(prefixLength)
                .u8(0)
                .u8(RT_SCOPE_UNIVERSE)
                .u32(index);
    }

    /// A message on the default route of the main table.
    static NetlinkRequest defaultRoute(int type, int requestFlags, int family, int protocol, int scope, int kind) {
        return new NetlinkRequest(type, requestFlags)
                .u8(family)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(RT_TABLE_MAIN)
                .u8(protocol)
                .u8(scope)
                .u8(kind)
                .u32(0);
    }

    /// Asks for all routes of a family.
    static NetlinkRequest routes(int family) {
        return new NetlinkRequest(RTM_GETROUTE, NetlinkRequest.NLM_F_DUMP)
                .u8(family)
                .u8(0)
                .u16(0)
                .u32(0)
                .u32(0);
    }
}
