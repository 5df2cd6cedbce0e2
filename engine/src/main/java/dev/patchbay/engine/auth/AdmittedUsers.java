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

/// The users besides root who may use this machine's helper: for each an empty file that the user owns,
/// in a directory of root. Written after `sudo` or `pkexec` has agreed; deleted with `/run`, and when
/// the helper is stopped.
///
/// The owner of the file is checked, because the kernel identifies a peer by the same uid.
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
                // The user was admitted before; the owner is set again below.
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

    /// Afterwards only root is admitted.
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
