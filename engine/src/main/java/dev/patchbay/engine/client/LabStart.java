package dev.patchbay.engine.client;

import dev.patchbay.engine.Refusal;
import java.nio.file.Path;

/// What came of asking for a Lab.
public sealed interface LabStart {
    /// A helper accepts connections on `socket`.
    record Ready(Path socket) implements LabStart {}

    /// This machine, or this user on it, cannot have a Lab as things are.
    record Unavailable(Refusal refusal) implements LabStart {}
}
