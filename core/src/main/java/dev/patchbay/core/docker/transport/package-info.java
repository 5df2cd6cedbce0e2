/// Connections to an engine on another machine: over TLS, or over ssh as Docker's own client does.
///
/// The HTTP transport connects to a private socket here ([Relay]), and each of its connections is
/// relayed over one that the [Dialer] opens.
@NullMarked
package dev.patchbay.core.docker.transport;

import org.jspecify.annotations.NullMarked;
