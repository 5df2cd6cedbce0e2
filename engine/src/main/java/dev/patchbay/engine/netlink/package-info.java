/// The kernel's network configuration over rtnetlink.
///
/// Three layers: [dev.patchbay.engine.os.Libc] has the system calls,
/// [dev.patchbay.engine.netlink.NetlinkSocket] matches answers to requests, and
/// [dev.patchbay.engine.netlink.RouteNetlink] has one method per kernel operation. A netlink socket
/// belongs to the network namespace of the thread that opened it, and may then be used on any thread.
@NullMarked
package dev.patchbay.engine.netlink;

import org.jspecify.annotations.NullMarked;
