package dev.patchbay.core.compose.difference;

/// The desired state of a project.
public enum ComposeGoal {
    /// Everything in the file exists; other objects of the project stay.
    UP,
    /// Everything in the file exists, and no other object of the project.
    UP_REMOVE_ORPHANS,
    /// No object of the project exists.
    DOWN
}
