package dev.patchbay.engine.client;

import dev.patchbay.engine.Refusal;
import java.nio.file.Path;

/// What came of asking for a Lab.
public sealed interface HelperStart {
    /// A helper accepts connections on `socket`.
    record Ready(Path socket) implements HelperStart {}

    /// This machine, or this user on it, cannot have a Lab as things are.
    record Unavailable(Refusal refusal) implements HelperStart {}
}
