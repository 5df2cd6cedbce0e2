package dev.patchbay.engine.netns;

import dev.patchbay.engine.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cgroup that an engine makes for a container and calls by its id. Whoever may write to a cgroup may make one
/// below it and call it likewise, and systemd leaves every user such a place (cgroups(7), "Delegation"). So a name
/// alone says nothing: the cgroup, and the one it is in, have to be those of root or of whoever has the engine.
///
/// @param engine address of the engine, as `unix:///run/podman/podman.sock`
/// @param container in full
public record ContainerCgroup(String engine, Id container) {
    /// By convention: those of version 2, or a directory for each hierarchy of version 1, with version 2 beside them.
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final String UNIX = "unix://";

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /// What Docker, Podman and CRI-O put around the id: a scope where systemd makes it; a payload where Podman splits
    /// the cgroup of a service.
    private static final Pattern NAME_PATTERN =
            Pattern.compile("(?:docker-|libpod-|libpod-payload-|crio-)?([0-9a-f]{64})(?:\\.scope)?");

    /// Whether a process is in there now.
    ///
    /// @param process its directory in `/proc`
    public boolean contains(Path process) {
        try {
            return Files.readAllLines(process.resolve("cgroup")).stream().anyMatch(this::matchesLine);
        } catch (IOException ended) {
            return false;
        }
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
            // What cannot be looked at is not trusted.
            return false;
        }
    }

    private Path socket() {
        return Path.of(engine.startsWith(UNIX) ? engine.substring(UNIX.length()) : engine);
    }
}
