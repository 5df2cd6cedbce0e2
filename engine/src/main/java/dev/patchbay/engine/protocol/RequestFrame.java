package dev.patchbay.engine.protocol;

import java.util.Objects;

/// What a client sends.
///
/// @param id chosen by the client; its [ServerFrame.ReplyFrame] carries the same one
public record RequestFrame(long id, Request<?> request) {
    public RequestFrame {
        Objects.requireNonNull(request);
    }
}
