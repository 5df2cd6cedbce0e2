package dev.patchbay.engine.auth;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/// Who may talk to the helper, as the kernel names the peer (`SO_PEERCRED`, read at accept): the user that it runs
/// for, and on this machine those whom root has let in.
///
/// In a user namespace the Lab's own user is seen as root and everybody else, the machine's root included, as nobody.
/// Principals of the JDK compare by numeric id.
public final class PeerCheck {
    @FunctionalInterface
    private interface UserFilter {
        boolean include(UserPrincipal user) throws IOException;
    }

    private final UserPrincipal owner;
    private final UserFilter admitted;

    private PeerCheck(UserPrincipal owner, UserFilter admitted) {
        this.owner = owner;
        this.admitted = admitted;
    }

    /// Permits the user that this process runs as.
    public static PeerCheck ownUser() throws IOException {
        return new PeerCheck(Files.getOwner(Path.of("/proc/self")), _ -> false);
    }

    /// Permits these besides.
    public PeerCheck and(AdmittedUsers callers) {
        return new PeerCheck(owner, callers::include);
    }

    /// Permits besides whomever the socket's group and mode let connect, as an administrator wrote them into a unit.
    public PeerCheck andWhoeverMayOpen() {
        return new PeerCheck(owner, _ -> true);
    }

    public PeerCredentials peer(SocketChannel channel) throws IOException {
        UnixDomainPrincipal named = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new PeerCredentials(role(named.user()), named.user(), named.group());
    }

    private PeerRole role(UserPrincipal user) throws IOException {
        return user.equals(owner) ? PeerRole.OWNER : admitted.include(user) ? PeerRole.ADMITTED : PeerRole.STRANGER;
    }
}
