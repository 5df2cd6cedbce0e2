package dev.patchbay.engine.netns;

import dev.patchbay.engine.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cgroup that an engine creates for a container and names after its id. A user who may write to a
/// cgroup may create one with any name below it, and systemd gives every user such a cgroup (cgroups(7),
/// "Delegation"). So the name proves nothing: root or the owner of the engine must own the cgroup and
/// its parent.
///
/// @param engine address of the engine, as `unix:///run/podman/podman.sock`
/// @param container in full
public record ContainerCgroup(String engine, Id container) {
    /// By convention: version 2, or a directory for each hierarchy of version 1 with version 2 beside
    /// them.
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final String UNIX = "unix://";

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /// The names that Docker, Podman and CRI-O derive from the id: a scope if systemd creates it; a
    /// payload where Podman splits the cgroup of a service.
    private static final Pattern NAME_PATTERN =
            Pattern.compile("(?:docker-|libpod-|libpod-payload-|crio-)?([0-9a-f]{64})(?:\\.scope)?");

    /// Whether a process is in it now.
    ///
    /// @param process its directory in `/proc`
    public boolean contains(Path process) {
        try {
            return Files.readAllLines(process.resolve("cgroup")).stream().anyMatch(this::matchesLine);
        } catch (IOException ended) {
            return false;
        }
    }

    /// The process that the container began with, as far as one runs: those that it started are younger.
    public Optional<ProcessHandle> firstProcess() {
        return ProcessHandle.allProcesses()
                .filter(process -> contains(Path.of("/proc", Long.toString(process.pid()))))
                .min(Comparator.comparing((ProcessHandle process) ->
                                process.info().startInstant().orElse(Instant.MAX))
                        .thenComparingLong(ProcessHandle::pid));
    }

    /// @param line as `4:memory:/docker/0123…` or `0::/system.slice/docker-0123….scope` (cgroups(7))
    private boolean matchesLine(String line) {
        String[] parts = line.split(":", 3);
        Path above = hierarchyRoot(parts[1]);
        for (String name : parts[2].substring(1).split("/")) {
            Path group = above.resolve(name);
            if (isOfContainer(name) && isOwnedByRootOrEngine(above) && isOwnedByRootOrEngine(group)) {
                return true;
            }
            above = group;
        }
        return false;
    }

    /// @param hierarchy empty for version 2
    private static Path hierarchyRoot(String hierarchy) {
        if (!hierarchy.isEmpty()) {
            return ROOT.resolve(hierarchy.replaceFirst("^name=", ""));
        }
        return Files.exists(ROOT.resolve("cgroup.procs")) ? ROOT : ROOT.resolve("unified");
    }

    private boolean isOfContainer(String name) {
        Matcher named = NAME_PATTERN.matcher(name);
        return named.matches() && container.value().equals(named.group(1));
    }

    private boolean isOwnedByRootOrEngine(Path group) {
        try {
            Object owner = Files.getAttribute(group, "unix:uid");
            return (owner.equals(0) || owner.equals(Files.getAttribute(socket(), "unix:uid")))
                    && Collections.disjoint(Files.getPosixFilePermissions(group), WRITABLE_BY_OTHERS);
        } catch (IOException | InvalidPathException e) {
            // A cgroup that cannot be checked is not trusted.
            return false;
        }
    }

    private Path socket() {
        return Path.of(engine.startsWith(UNIX) ? engine.substring(UNIX.length()) : engine);
    }
}
