package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The directories of one helper and of the host that it serves, readable by their owner only.
///
/// @param home absolute; the files are in a directory below it
/// @param kind name of that directory, and of the host's kind: `lab`, or `machine`
/// @param sockets directory of the sockets; for a Lab it is below `home`
public record StateDirectory(Path home, String kind, Path sockets) {
    static final String LAB = "lab";
    static final String MACHINE = "machine";
    /// `sun_path` has 108 bytes, the last one is the terminator.
    private static final int MAX_SOCKET_PATH = 107;

    public StateDirectory {
        home = home.toAbsolutePath().normalize();
        sockets = sockets.toAbsolutePath().normalize();
    }

    public StateDirectory(Path home) {
        this(home, LAB, home.resolve(LAB));
    }

    /// The directory of a machine, for root only.
    public static StateDirectory ofMachine(Path home) {
        return ofMachine(home, home.resolve(MACHINE));
    }

    /// The directory of a machine that root shares with admitted users.
    ///
    /// @param sockets directory of the sockets that they connect to
    public static StateDirectory ofMachine(Path home, Path sockets) {
        return new StateDirectory(home, MACHINE, sockets);
    }

    /// `PATCHBAY_HOME`, else `$XDG_STATE_HOME/patchbay`, else `~/.local/state/patchbay`.
    public static StateDirectory of(Map<String, String> environment) {
        String home = environment.getOrDefault("PATCHBAY_HOME", "");
        if (!home.isEmpty()) {
            return new StateDirectory(Path.of(home));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The XDG base directory specification says that a relative path must be ignored.
        return new StateDirectory(
                state.startsWith("/")
                        ? Path.of(state, "patchbay")
                        : Path.of(System.getProperty("user.home"), ".local", "state", "patchbay"));
    }

    public Path directory() {
        return home.resolve(kind);
    }

    public Path lock() {
        return directory().resolve("lock");
    }

    public Path anchorRecord() {
        return directory().resolve("anchor.json");
    }

    public Path helperRecord() {
        return directory().resolve("helper.json");
    }

    public Path socket() {
        return sockets.resolve("helper.sock");
    }

    /// The socket of systemd, which starts this machine's helper at the first connection.
    Path systemdSocket() {
        return sockets.resolve("unit.sock");
    }

    /// The arguments of the helper.
    List<String> helperArguments() {
        return kind.equals(LAB)
                ? List.of("--" + kind, directory().toString())
                : List.of("--" + kind, directory().toString(), sockets.toString());
    }

    public Path helperLog() {
        return directory().resolve("helper.log");
    }

    /// The archive of the helper's classes, with which its JVM starts faster.
    public Path classArchive() {
        return directory().resolve("helper.jsa");
    }

    public Path journal() {
        return directory().resolve("journal");
    }

    public Path sandboxes() {
        return directory().resolve("sandboxes");
    }

    /// Creates the directories, or returns why they cannot be used.
    public Optional<Refusal> prepare() throws EngineException {
        if (socket().toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            return Optional.of(new Refusal(
                    "lab-path-too-long",
                    "The path " + socket() + " is too long for a Unix socket.",
                    "Set PATCHBAY_HOME to a shorter path."));
        }
        try {
            Files.createDirectories(home);
            if (home.toRealPath().startsWith("/run")) {
                return Optional.of(new Refusal(
                        "lab-path-hidden",
                        "The Lab has a /run of its own, which would hide its own files in " + home + ".",
                        "Set PATCHBAY_HOME to a directory outside /run."));
            }
            createDirectory();
            if (!Files.getAttribute(directory(), "unix:uid")
                    .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                return Optional.of(new Refusal(
                        "lab-of-another-user",
                        "The Lab in " + directory() + " belongs to another user.",
                        "Set PATCHBAY_HOME to a directory of your own."));
            }
            Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(journal());
            Files.createDirectories(sandboxes());
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.of("make the directory " + directory(), e);
        }
    }

    /// Another process may create it at the same moment: there is no lock before the directory exists.
    private void createDirectory() throws IOException {
        try {
            Files.createDirectory(
                    directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory(), LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }
}
