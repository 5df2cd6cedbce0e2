package dev.patchbay.core.compose;

import dev.patchbay.engine.Refusal;

/// The result of reading a Compose file.
public sealed interface ProjectReadResult {
    record Read(Project project) implements ProjectReadResult {}

    record Refused(Refusal refusal) implements ProjectReadResult {}
}
