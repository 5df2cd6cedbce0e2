/// The process that answers containers' questions for names: at the gateway addresses of their networks,
/// port 53.
///
/// It is part of neither the window nor the helper. The helper starts it without privileges and tells it
/// through standard input who is on which network ([dev.patchbay.engine.dns.DnsPipeFormat]); with its end it
/// goes on from what it knows. Who asks is told by the address that a packet comes from: an answer holds
/// what the asking container may know and nothing else. Only the messages themselves are left to a library,
/// dnsjava; every packet is a stranger's.
///
/// [dev.patchbay.core.resolver.NameDirectory] knows, [dev.patchbay.core.resolver.DnsResponder] decides,
/// [dev.patchbay.core.resolver.UpstreamResolver] asks elsewhere, [dev.patchbay.core.resolver.DnsListeners] reads and
/// writes.
@NullMarked
package dev.patchbay.core.resolver;

import org.jspecify.annotations.NullMarked;
