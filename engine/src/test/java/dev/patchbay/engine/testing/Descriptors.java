package dev.patchbay.engine.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The open files of the test JVM, to find those that code under test forgot.
public final class Descriptors {
    private Descriptors() {}

    /// Of the kinds the engine opens by itself and the JDK does not at a time of its own: sockets, event descriptors
    /// and network namespaces, by what `/proc/self/fd` calls them.
    public static List<String> ofTheEngine() throws IOException {
        List<String> found = new ArrayList<>();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.matches("socket:.*|net:.*|/run/netns/.*|anon_inode:.eventfd.")) {
                    found.add(descriptor.getFileName() + " " + target);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return ""; // the one that listed the directory
        }
    }
}
