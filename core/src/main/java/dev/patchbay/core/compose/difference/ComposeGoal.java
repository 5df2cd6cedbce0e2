package dev.patchbay.core.compose.difference;

/// What is to become of a project.
public enum ComposeGoal {
    /// What the file asks for exists; what else the project has is left alone.
    UP,
    /// What the file asks for exists, and nothing else of the project.
    UP_REMOVE_ORPHANS,
    /// Nothing of the project exists.
    DOWN
}
