package dev.patchbay.core.compose.difference;

import dev.patchbay.engine.Refusal;

/// What became of comparing a project with a host.
public sealed interface ProjectComparison {
    record Made(ProjectDifference difference) implements ProjectComparison {}

    record Refused(Refusal refusal) implements ProjectComparison {}
}
