package dev.patchbay.engine.status;

/// The cause of a change.
public enum ActivityKind {
    ACTION,
    /// An action that cannot be undone; or, if the entry refers to an action, that this action cannot be
    /// undone or redone any more.
    FINAL,
    UNDO,
    REDO,
    /// Not requested by a person: a container ended by itself.
    OBSERVED
}
