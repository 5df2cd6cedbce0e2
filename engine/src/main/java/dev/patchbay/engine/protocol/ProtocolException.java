package dev.patchbay.engine.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The peer does not speak the protocol. The connection is of no use any more: where the next frame starts is unknown.
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public ProtocolException(String message) {
        this(message, null);
    }
}
