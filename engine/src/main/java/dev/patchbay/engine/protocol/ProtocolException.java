package dev.patchbay.engine.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The peer violates the protocol. The connection cannot be used any more, because the start of the next
/// frame is unknown.
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public ProtocolException(String message) {
        this(message, null);
    }
}
