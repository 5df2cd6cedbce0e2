/// The names of containers: what the resolver answers from, and the resolver as a process.
///
/// The resolver itself is no part of the helper. It reads packets from containers, so it is a process of its own
/// without privileges, whose program the helper does not know: only the command line, which whoever starts the
/// helper hands over. A helper without one has no names to offer. What the resolver needs to know goes through a
/// pipe, as [dev.patchbay.engine.dns.DnsChange]s in the form of [dev.patchbay.engine.dns.DnsPipeFormat], and each one
/// is answered when it is in force.
@NullMarked
package dev.patchbay.engine.dns;

import org.jspecify.annotations.NullMarked;
