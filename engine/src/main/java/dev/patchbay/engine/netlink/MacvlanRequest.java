package dev.patchbay.engine.netlink;

import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netns.Namespace;

/// A request for a macvlan link inside a namespace, initially down. It uses a link of the host with a
/// MAC of its own, and reaches its siblings directly (mode `bridge`).
///
/// @param parentIndex ifindex of the host's link
/// @param mtu 0 for the parent's
public record MacvlanRequest(int parentIndex, Namespace namespace, String name, MacAddress mac, int mtu) {}
