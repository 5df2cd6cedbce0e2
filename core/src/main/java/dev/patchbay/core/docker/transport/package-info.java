/// The way to an engine that listens on no socket of this machine: over TLS, or over ssh as Docker's own client goes.
///
/// The transport of requests connects to a private socket here ([Relay]), and each of its connections is carried over
/// one that is dialled for it ([Dialer]).
@NullMarked
package dev.patchbay.core.docker.transport;

import org.jspecify.annotations.NullMarked;
