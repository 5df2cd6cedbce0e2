/// The protocol between a client and the helper: requests, replies and events, as length-prefixed JSON
/// frames.
///
/// A [dev.patchbay.engine.protocol.RequestFrame] is answered by one
/// [dev.patchbay.engine.protocol.ServerFrame.ReplyFrame] with its id; events may come between. The
/// reader trusts nothing: lengths are limited before memory is allocated, nesting is limited, and
/// anything else than a known frame ends the connection with a
/// [dev.patchbay.engine.protocol.ProtocolException].
@NullMarked
package dev.patchbay.engine.protocol;

import org.jspecify.annotations.NullMarked;
