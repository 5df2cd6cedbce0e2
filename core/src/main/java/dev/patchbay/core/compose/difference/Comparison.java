package dev.patchbay.core.compose.difference;

import dev.patchbay.engine.Refusal;

/// What became of comparing a project with a host.
public sealed interface Comparison {
    record Made(Difference difference) implements Comparison {}

    record Refused(Refusal refusal) implements Comparison {}
}
