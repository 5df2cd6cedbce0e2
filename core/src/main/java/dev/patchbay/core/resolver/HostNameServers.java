package dev.patchbay.core.resolver;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The host's own name servers, read again when their file has changed. Thread-safe.
final class HostNameServers {
    private record Cached(FileTime modified, List<InetAddress> servers) {}

    private final Path file;
    private volatile @Nullable Cached cached;

    /// @param file a `resolv.conf`
    HostNameServers(Path file) {
        this.file = file;
    }

    List<InetAddress> get() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Cached known = cached;
            if (known == null || !known.modified().equals(modified)) {
                known = new Cached(modified, read());
                cached = known;
            }
            return known.servers();
        } catch (IOException e) {
            // A host without the file has no name servers.
            return List.of();
        }
    }

    private List<InetAddress> read() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .flatMap(words -> address(words[1]).stream())
                .toList();
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
