package dev.patchbay.engine.auth;

/// What a peer is to the helper, by the user that the kernel names. What each may ask stands in [Authorization].
public enum PeerRole {
    /// The user that the helper runs for, and as: root on a machine, the user whose Lab it is in a Lab.
    OWNER,
    /// Another user, whom root let in to manage this machine's networks.
    ADMITTED,
    /// Any other user; the connection is closed without an answer.
    STRANGER
}
