package dev.patchbay.engine.lab;

import java.nio.file.Path;

/// A Lab from outside, without asking its helper more than whether it answers.
///
/// @param anchorPid in the caller's pid namespace, 0 when there is none
/// @param helperPid in the caller's pid namespace, 0 when there is none
public record LabStatus(State state, long anchorPid, long helperPid, Path directory) {
    public enum State {
        /// No namespaces: nothing of the Lab is in the kernel.
        DOWN,
        /// A helper accepts connections.
        UP,
        /// The namespaces and everything in them are there, the helper is not; the next `up` starts one.
        HELPER_GONE,
        /// A helper accepts connections and says nothing, as one that is stopped; it goes on when it is continued.
        HELPER_NOT_RESPONDING
    }
}
