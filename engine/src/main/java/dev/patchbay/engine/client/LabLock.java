package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whoever holds it may make or end a Lab's processes. The kernel frees it when its holder dies.
final class LabLock implements AutoCloseable {
    // A file lock belongs to the whole process: threads of one process need another to keep out of each other's way.
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private LabLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits until it is free.
    static LabLock take(LabDirectory directory) throws EngineException {
        IN_THIS_PROCESS.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new LabLock(channel);
        } catch (IOException e) {
            close(channel);
            throw EngineException.of("lock " + directory.lock(), e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Closing a file that was never written to has nothing to lose.
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
