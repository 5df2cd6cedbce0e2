package dev.patchbay.core.docker.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// The directory for the directories of relays: that of the session, otherwise the one for temporary
/// files.
final class RelayDirectory {
    /// `sun_path` has 108 bytes, of which the JDK leaves two free; the directory's name contains a
    /// number of 64 bits.
    private static final int LONGEST = 106
            - "/%s18446744073709551615/%s"
                    .formatted(Relay.DIRECTORY, Relay.SOCKET)
                    .length();

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private RelayDirectory() {}

    /// @param session the value of `XDG_RUNTIME_DIR`; empty for none
    static Path of(String session) {
        Path place = Path.of(session);
        return place.isAbsolute() && isShort(place) && isOwn(place)
                ? place
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean isShort(Path place) {
        return place.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /// After `su` or `sudo -E` the variable still names the directory of another user, who could replace
    /// a socket of root there. In a directory of temporary files the sticky bit forbids that.
    private static boolean isOwn(Path place) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(place, PosixFileAttributes.class);
            return Files.isWritable(place)
                    && attributes.owner().equals(Files.getOwner(Path.of("/proc/self")))
                    && attributes.permissions().stream().noneMatch(WRITABLE_BY_OTHERS::contains);
        } catch (IOException e) {
            return false;
        }
    }
}
