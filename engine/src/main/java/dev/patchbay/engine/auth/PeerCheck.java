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
        boolean test(UserPrincipal user) throws IOException;
    }

    private final UserPrincipal owner;
    private final UserFilter admitted;

    private PeerCheck(UserPrincipal owner, UserFilter admitted) {
        this.owner = owner;
        this.admitted = admitted;
    }

    /// Permits the user that this process runs as.
    public static PeerCheck ownerOnly() throws IOException {
        return new PeerCheck(Files.getOwner(Path.of("/proc/self")), _ -> false);
    }

    /// Permits these besides.
    public PeerCheck admitting(AdmittedUsers callers) {
        return new PeerCheck(owner, callers::contains);
    }

    /// Permits besides whomever the socket's group and mode let connect, as an administrator wrote them into a unit.
    public PeerCheck admittingAnyone() {
        return new PeerCheck(owner, _ -> true);
    }

    public PeerCredentials identify(SocketChannel channel) throws IOException {
        UnixDomainPrincipal named = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new PeerCredentials(roleOf(named.user()), named.user(), named.group());
    }

    private PeerCredentials.Role roleOf(UserPrincipal user) throws IOException {
        return user.equals(owner)
                ? PeerCredentials.Role.OWNER
                : admitted.test(user) ? PeerCredentials.Role.ADMITTED : PeerCredentials.Role.STRANGER;
    }
}
