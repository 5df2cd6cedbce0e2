package dev.patchbay.engine.status;

/// The cause of a change.
public enum ActivityKind {
    ACTION,
    /// An action that cannot be undone.
    FINAL,
    UNDO,
    REDO,
    /// Not requested by a person: a container ended by itself.
    OBSERVED
}
