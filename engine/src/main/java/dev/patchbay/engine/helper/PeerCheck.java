package dev.patchbay.engine.helper;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/// Who may talk to the helper: the user that it runs for, as the kernel names the peer (`SO_PEERCRED`, read at accept).
///
/// In a user namespace the Lab's own user is seen as root and everybody else, the machine's root included, as nobody.
/// Principals of the JDK compare by numeric id.
final class PeerCheck {
    private final UserPrincipal permitted;

    private PeerCheck(UserPrincipal permitted) {
        this.permitted = permitted;
    }

    /// Permits the user that this process runs as.
    static PeerCheck ownUser() throws IOException {
        return new PeerCheck(Files.getOwner(Path.of("/proc/self")));
    }

    boolean permits(SocketChannel peer) throws IOException {
        return permitted.equals(
                peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }
}
