package dev.patchbay.engine.auth;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.stream.Stream;

/// The users who may use this machine's helper besides root: an empty file for each, which is theirs, in a
/// directory that is root's. Written when `sudo` or `pkexec` has said that they may; gone with `/run`, and when the
/// helper is told to end.
///
/// The owner of the file is what counts, because the kernel names a peer in the same way: by number.
///
/// @param directory in `/run`
public record AdmittedUsers(Path directory) {
    /// @param sockets where the machine's helper has its sockets
    public static AdmittedUsers forSockets(Path sockets) {
        return new AdmittedUsers(sockets.resolve("callers"));
    }

    /// @param uid of a user
    public void admit(int uid) throws EngineException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path file = directory.resolve(Integer.toString(uid));
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
            } catch (FileAlreadyExistsException e) {
                // Admitted before; what follows is the same.
            }
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw EngineException.of("let user " + uid + " in", e);
        }
    }

    public boolean contains(UserPrincipal user) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Only root is left.
    public void removeAll() throws EngineException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw EngineException.of("let nobody but root in", e);
        }
    }
}
