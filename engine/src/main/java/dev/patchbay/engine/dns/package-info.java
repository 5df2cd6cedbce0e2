/// Names of containers: the resolver's records, and the resolver as a process.
///
/// The resolver is not part of the helper. It reads packets from containers, so it is an unprivileged
/// process of its own. The helper does not know its program, only the command line that the starter of
/// the helper passes; a helper without one has no resolver. The records go through a pipe, as
/// [dev.patchbay.engine.dns.DnsChange]s in [dev.patchbay.engine.dns.DnsPipeFormat], and the resolver
/// acknowledges each one when it is in force.
@NullMarked
package dev.patchbay.engine.dns;

import org.jspecify.annotations.NullMarked;
