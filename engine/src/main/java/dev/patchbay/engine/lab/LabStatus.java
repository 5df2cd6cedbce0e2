package dev.patchbay.engine.lab;

import java.nio.file.Path;

/// The state of a Lab, found from outside; its helper is asked only whether it answers.
///
/// @param anchorPid in the caller's pid namespace, 0 when there is none
/// @param helperPid in the caller's pid namespace, 0 when there is none
public record LabStatus(State state, long anchorPid, long helperPid, Path directory) {
    public enum State {
        /// No namespaces: the kernel has no object of the Lab.
        DOWN,
        /// A helper accepts connections.
        UP,
        /// The namespaces and everything in them exist, but no helper; the next `up` starts one.
        HELPER_GONE,
        /// A helper accepts connections but does not answer, for example because it is stopped.
        HELPER_NOT_RESPONDING
    }
}
