package dev.patchbay.engine.netlink;

import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netns.Namespace;

/// A request for a veth pair: the outer end in a bridge and up, the inner end created in its namespace
/// and down.
///
/// @param masterIndex ifindex of the bridge, 0 for none
/// @param alias of the outer end, empty for none
/// @param group of the outer end
/// @param mtu of both ends, 0 for the kernel's default
public record VethRequest(
        String hostName,
        int masterIndex,
        String alias,
        int group,
        int mtu,
        Namespace peerNamespace,
        String peerName,
        MacAddress peerMac) {}
