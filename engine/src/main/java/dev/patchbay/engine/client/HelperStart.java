package dev.patchbay.engine.client;

import dev.patchbay.engine.Refusal;
import java.nio.file.Path;

/// The result of starting a helper.
public sealed interface HelperStart {
    /// A helper accepts connections on `socket`.
    record Ready(Path socket) implements HelperStart {}

    /// This machine, or this user, cannot have one now.
    record Unavailable(Refusal refusal) implements HelperStart {}
}
