package dev.patchbay.engine.auth;

import java.nio.file.attribute.UserPrincipal;

/// The peer of a connection.
///
/// @param user as the kernel reported it at connect
/// @param group its primary group; the kernel reports no others
public record PeerCredentials(Role role, UserPrincipal user, UserPrincipal group) {
    /// The role of a peer, by its user. [Authorization] says what each role may request.
    public enum Role {
        /// The user that the helper runs as and serves: root on a machine, in a Lab its user.
        OWNER,
        /// Another user, whom root has admitted to manage this machine's networks.
        ADMITTED,
        /// Any other user; the connection is closed without an answer.
        STRANGER
    }
}
