package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Whoever holds it serves. Two that start at once would both find that nobody listens, and the second take the first
/// one's socket away. The kernel frees it when its holder dies.
final class ServerLock implements AutoCloseable {
    private final FileChannel channel;

    private ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Empty when another process, or another one in this process, has it.
    static Optional<ServerLock> take(Path file) throws EngineException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new ServerLock(channel));
        } catch (IOException e) {
            throw EngineException.of("lock " + file, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing a file that was never written to has nothing to lose.
        }
    }
}
