package dev.patchbay.engine.dns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The resolver's command line, with a prefix that drops its privileges.
///
/// @param words its program and arguments
/// @param files the files that it reads at its start
record ResolverCommand(List<String> words, List<Path> files) {
    /// The uid of `nobody` on every Linux.
    private static final long NOBODY = 65534;

    private static final String NET_BIND_ONLY = "-all,+net_bind_service";

    ResolverCommand {
        words = List.copyOf(words);
        files = List.copyOf(files);
    }

    /// @param words every path in them, also in a list with colons, must be readable
    static ResolverCommand of(List<String> words) {
        List<Path> files = words.stream()
                .flatMap(word -> Stream.of(word.split(":")))
                .filter(word -> word.startsWith("/"))
                .map(Path::of)
                .toList();
        return new ResolverCommand(words, files);
    }

    List<String> commandLine() throws EngineException {
        List<String> all = new ArrayList<>(List.of(
                // A session of its own, so that signals to the helper's process group do not reach it.
                Programs.require("setsid"),
                Programs.require("setpriv"),
                "--no-new-privs",
                "--inh-caps=" + NET_BIND_ONLY,
                "--ambient-caps=" + NET_BIND_ONLY,
                "--bounding-set=" + NET_BIND_ONLY));
        if (hasNobody() && files.stream().allMatch(ResolverCommand::isWorldReadable)) {
            all.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        all.add("--");
        all.addAll(words);
        return all;
    }

    /// A user namespace with only one user has no other user to become.
    private static boolean hasNobody() throws EngineException {
        try (Stream<String> ranges = Files.lines(Path.of("/proc/self/uid_map"))) {
            return ranges.map(range -> range.strip().split("\\s+")).anyMatch(range -> {
                long first = Long.parseLong(range[0]);
                return first <= NOBODY && NOBODY < first + Long.parseLong(range[2]);
            });
        } catch (IOException e) {
            throw EngineException.of("read the users of this namespace", e);
        }
    }

    private static boolean isWorldReadable(Path file) {
        try {
            Path real = file.toRealPath();
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return Files.getPosixFilePermissions(real).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return false;
        }
    }
}
