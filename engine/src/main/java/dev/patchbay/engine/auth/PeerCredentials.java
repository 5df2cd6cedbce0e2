package dev.patchbay.engine.auth;

import java.nio.file.attribute.UserPrincipal;

/// Who is at the other end of a connection.
///
/// @param user as the kernel named it when it connected
/// @param group of it, likewise; others that it may be in are not named
public record PeerCredentials(Role role, UserPrincipal user, UserPrincipal group) {
    /// What a peer is to the helper, by the user that the kernel names. What each may ask stands in [Authorization].
    public enum Role {
        /// The user that the helper runs for, and as: root on a machine, the user whose Lab it is in a Lab.
        OWNER,
        /// Another user, whom root let in to manage this machine's networks.
        ADMITTED,
        /// Any other user; the connection is closed without an answer.
        STRANGER
    }
}
