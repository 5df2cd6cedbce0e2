package dev.patchbay.engine.protocol;

import java.util.Objects;

/// A request of a client with its number.
///
/// @param id chosen by the client; the [ServerFrame.ReplyFrame] has the same one
public record RequestFrame(long id, Request<?> request) {
    public RequestFrame {
        Objects.requireNonNull(request);
    }
}
