package dev.patchbay.engine.client;

import java.nio.file.Path;

/// A Lab from outside, without asking its helper.
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
        HELPER_LOST
    }
}
