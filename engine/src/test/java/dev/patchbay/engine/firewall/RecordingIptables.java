package dev.patchbay.engine.firewall;

import dev.patchbay.engine.net.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/// The system's own iptables, with a record of what it was started for, and a hand that meddles once it has run.
final class RecordingIptables {
    private static final String SCRIPT = """
            #!/bin/sh
            [ "$1" = --version ] && exec "/usr/sbin/${0##*/}" --version
            echo "${0##*/}" >> DIRECTORY/told
            case $0 in
              *-restore) tee -a DIRECTORY/told | "/usr/sbin/${0##*/}" "$@" ;;
              *) "/usr/sbin/${0##*/}" "$@" ;;
            esac
            status=$?
            if mv DIRECTORY/next DIRECTORY/now 2>/dev/null; then . DIRECTORY/now; fi
            exit $status
            """;

    private final Path directory;
    private final Family family;

    /// @param directory an empty one
    RecordingIptables(Path directory, Family family) throws IOException {
        this.directory = directory;
        this.family = family;
        Path program = directory.resolve("recorded");
        Files.writeString(program, SCRIPT.replace("DIRECTORY", directory.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        for (String suffix : List.of("", "-save", "-restore")) {
            Files.createSymbolicLink(directory.resolve(family.iptablesCommand() + suffix), program);
        }
    }

    IptablesPrograms tool() {
        return new IptablesPrograms(family, List.of(directory), Duration.ofSeconds(60));
    }

    /// Programs and their input since this was last asked.
    String told() throws IOException {
        Path file = directory.resolve("told");
        String told = Files.exists(file) ? Files.readString(file) : "";
        Files.deleteIfExists(file);
        return told;
    }

    /// Lets somebody else run a command right after the next program.
    void meddle(String command) throws IOException {
        Files.writeString(directory.resolve("next"), command + "\n");
    }
}
