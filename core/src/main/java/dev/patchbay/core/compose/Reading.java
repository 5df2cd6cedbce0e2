package dev.patchbay.core.compose;

import dev.patchbay.engine.Refusal;

/// What became of reading a Compose file.
public sealed interface Reading {
    record Read(Project project) implements Reading {}

    record Refused(Refusal refusal) implements Reading {}
}
