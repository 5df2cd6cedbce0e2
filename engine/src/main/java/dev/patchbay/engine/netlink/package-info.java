/// The kernel's network configuration, spoken to directly.
///
/// Three rings: [dev.patchbay.engine.os.Libc] holds the raw calls, [dev.patchbay.engine.netlink.NetlinkSocket]
/// matches answers to requests, and [dev.patchbay.engine.netlink.RouteNetlink] has one method per kernel operation.
/// A netlink socket belongs to the network namespace of the thread that opened it, for good, and may then be used
/// from any thread.
@NullMarked
package dev.patchbay.engine.netlink;

import org.jspecify.annotations.NullMarked;
