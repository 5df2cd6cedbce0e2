/// The process that answers DNS queries of containers, at the gateway addresses of their networks, port
/// 53.
///
/// It is part of neither the window nor the helper. The helper starts it without privileges and sends
/// the members of each network through standard input ([dev.patchbay.engine.dns.DnsPipeFormat]). When
/// the helper ends, it continues with the records that it has. A client is identified by the source
/// address of a packet: a response contains only what that container may know. The library dnsjava
/// handles only the messages; every packet is untrusted.
///
/// [dev.patchbay.core.resolver.NameDirectory] has the names, [dev.patchbay.core.resolver.DnsResponder]
/// decides, [dev.patchbay.core.resolver.UpstreamResolver] forwards,
/// [dev.patchbay.core.resolver.DnsListeners] reads and writes.
@NullMarked
package dev.patchbay.core.resolver;

import org.jspecify.annotations.NullMarked;
