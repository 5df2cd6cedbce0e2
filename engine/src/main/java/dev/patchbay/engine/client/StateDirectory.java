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

/// Where one helper and what it serves keep their files, readable by its owner only.
///
/// @param home absolute; the files are in a directory below it
/// @param kind name of that directory, and of what the helper serves: `lab`, or `machine`
/// @param sockets where the helper listens: a Lab's among its files
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

    /// That of a machine, for root alone.
    public static StateDirectory ofMachine(Path home) {
        return ofMachine(home, home.resolve(MACHINE));
    }

    /// That of a machine, for others as well that root lets in.
    ///
    /// @param sockets where they come to
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
        // The XDG base directory specification: a relative path is to be ignored.
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

    /// Where systemd listens for this machine's helper, and starts it when somebody comes.
    Path systemdSocket() {
        return sockets.resolve("unit.sock");
    }

    /// What a helper is told to serve.
    List<String> helperArguments() {
        return kind.equals(LAB)
                ? List.of("--" + kind, directory().toString())
                : List.of("--" + kind, directory().toString(), sockets.toString());
    }

    public Path helperLog() {
        return directory().resolve("helper.log");
    }

    /// The helper's classes as its JVM keeps them in memory, so that it starts sooner.
    public Path classArchive() {
        return directory().resolve("helper.jsa");
    }

    public Path journal() {
        return directory().resolve("journal");
    }

    public Path sandboxes() {
        return directory().resolve("sandboxes");
    }

    /// Makes the directories, or says why a Lab cannot live here.
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

    /// Another first command may be making it at the same moment: there is no lock before there is a directory.
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
