package dev.patchbay.engine.auth;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/// Decides who may connect to the helper, by the credentials that the kernel reports (`SO_PEERCRED`,
/// read at accept): the user that the helper runs as and, on this machine, the users that root has
/// admitted.
///
/// In a user namespace the Lab's own user appears as root and everybody else, the machine's root
/// included, as nobody. Principals of the JDK compare by numeric id.
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

    /// Also permits these users.
    public PeerCheck admitting(AdmittedUsers callers) {
        return new PeerCheck(owner, callers::contains);
    }

    /// Also permits every user who may connect by the socket's group and mode, which an administrator
    /// wrote into a unit.
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
