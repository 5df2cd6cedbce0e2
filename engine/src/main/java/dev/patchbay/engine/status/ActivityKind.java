package dev.patchbay.engine.status;

/// How a change came about.
public enum ActivityKind {
    ACTION,
    /// One that nothing takes back.
    FINAL,
    UNDO,
    REDO,
    /// Not asked for by a person: a container ended by itself.
    OBSERVED
}
