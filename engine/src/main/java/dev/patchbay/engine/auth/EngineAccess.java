package dev.patchbay.engine.auth;

import dev.patchbay.engine.kernel.NetnsName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The directory in which a container engine has the files of its sandboxes' namespaces, and the socket
/// of its API. A user who may open that socket may do everything with the sandboxes.
///
/// @param directory that only root can write to
/// @param prefix of the files' names: Podman shares its directory with `ip netns`
record EngineAccess(Path directory, String prefix, Path socket) {
    /// Docker's and Podman's default paths.
    static final List<EngineAccess> DEFAULTS = List.of(
            new EngineAccess(Path.of("/run/docker/netns"), "", Path.of("/run/docker.sock")),
            new EngineAccess(NetnsName.DIRECTORY, "netns-", Path.of("/run/podman/podman.sock")));

    private static final int MEMBERS_FIELD = 3;

    private static final String UNIX = "unix://";

    /// Podman's files have a prefix.
    boolean isDocker() {
        return prefix.isEmpty();
    }

    /// Whether an address is this engine's, without following links in it.
    boolean hasAddress(String address) throws IOException {
        String path = address.startsWith(UNIX) ? address.substring(UNIX.length()) : address;
        // Today /var/run is a link to /run.
        return path.equals(socket.toString())
                || path.equals("/var" + socket)
                || (Files.exists(socket) && path.equals(socket.toRealPath().toString()));
    }

    /// Whether this file belongs to the engine, and no link on its path could be changed by other users.
    boolean ownsFile(Path file) throws IOException {
        return file.getFileName().toString().startsWith(prefix)
                && directory.equals(file.getParent())
                && file.equals(file.toRealPath());
    }

    /// Whether the peer may connect to the socket, which needs the right to write.
    ///
    /// @param groups the machine's list of groups and members, because the kernel reports only a peer's
    ///     primary group
    boolean mayBeUsedBy(PeerCredentials peer, Path groups) throws IOException {
        if (!Files.exists(socket)) {
            return false;
        }
        PosixFileAttributes attributes = Files.readAttributes(socket, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = attributes.permissions();
        if (attributes.owner().equals(peer.user())) {
            return permissions.contains(PosixFilePermission.OWNER_WRITE);
        }
        boolean ofTheGroup =
                attributes.group().equals(peer.group()) || isMember(peer.user().getName(), attributes.group(), groups);
        return ofTheGroup
                ? permissions.contains(PosixFilePermission.GROUP_WRITE)
                : permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isMember(String user, GroupPrincipal group, Path groups) throws IOException {
        for (String line : Files.readAllLines(groups)) {
            String[] words = line.split(":", -1);
            if (words.length > MEMBERS_FIELD && words[0].equals(group.getName())) {
                return Arrays.asList(words[MEMBERS_FIELD].split(",")).contains(user);
            }
        }
        return false;
    }
}
