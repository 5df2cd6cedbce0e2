package dev.patchbay.engine.os;

import dev.patchbay.engine.net.Family;

/// All kernel settings that Patchbay reads or writes.
public enum SysctlKey {
    HOSTNAME("kernel/hostname"),
    IP_FORWARD("net/ipv4/ip_forward"),
    IPV6_FORWARDING("net/ipv6/conf/all/forwarding"),
    IP_LOCAL_PORT_RANGE("net/ipv4/ip_local_port_range"),
    BRIDGE_NF_CALL_IPTABLES("net/bridge/bridge-nf-call-iptables"),
    BRIDGE_NF_CALL_IP6TABLES("net/bridge/bridge-nf-call-ip6tables"),
    DISABLE_IPV6_ON_ALL("net/ipv6/conf/all/disable_ipv6"),
    /// Of one link, as the following: whether packets with loopback addresses may leave and enter
    /// through it.
    ROUTE_LOCALNET("net/ipv4/conf/%s/route_localnet"),
    RP_FILTER("net/ipv4/conf/%s/rp_filter"),
    SRC_VALID_MARK("net/ipv4/conf/%s/src_valid_mark"),
    ACCEPT_RA("net/ipv6/conf/%s/accept_ra"),
    DISABLE_IPV6("net/ipv6/conf/%s/disable_ipv6");

    enum Scope {
        NAMESPACE,
        LINK
    }

    private final String path;

    SysctlKey(String path) {
        this.path = path;
    }

    public static SysctlName forwarding(Family family) {
        return switch (family) {
            case IPV4 -> IP_FORWARD.ofNamespace();
            case IPV6 -> IPV6_FORWARDING.ofNamespace();
        };
    }

    /// Without it the family's rules do not see packets between two ports of one bridge.
    public static SysctlName bridgeNfCall(Family family) {
        return switch (family) {
            case IPV4 -> BRIDGE_NF_CALL_IPTABLES.ofNamespace();
            case IPV6 -> BRIDGE_NF_CALL_IP6TABLES.ofNamespace();
        };
    }

    Scope scope() {
        return path.contains("%s") ? Scope.LINK : Scope.NAMESPACE;
    }

    /// Path below `/proc/sys`, with `%s` for a link.
    String path() {
        return path;
    }

    /// The setting of the whole namespace.
    public SysctlName ofNamespace() {
        return new SysctlName(this, "");
    }

    public SysctlName of(String link) {
        return new SysctlName(this, link);
    }
}
