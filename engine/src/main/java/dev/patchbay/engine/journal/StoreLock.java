package dev.patchbay.engine.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// That this and no other process has the store open. The kernel frees it when the process ends, however it ends.
final class StoreLock implements AutoCloseable {
    /// A POSIX lock is the process' own, and closing any handle of the file gives it up (fcntl(2)). So a second attempt
    /// in this process has to be turned away before it opens the file.
    private static final Set<Object> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Object inode;
    private final FileLock lock;

    private StoreLock(Object inode, FileLock lock) {
        this.inode = inode;
        this.lock = lock;
    }

    /// Null when the store is open already, here or in another process.
    static @Nullable StoreLock acquire(StoreDirectory directory) throws IOException {
        Path path = directory.path();
        Object inode = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        if (!HELD_HERE.add(inode)) {
            return null;
        }
        FileLock lock = null;
        try {
            lock = lock(path.resolve("lock"));
            return lock == null ? null : new StoreLock(inode, lock);
        } finally {
            if (lock == null) {
                HELD_HERE.remove(inode);
            }
        }
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = StoreDirectory.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            // The handle is gone all the same, and the lock with it.
        }
        HELD_HERE.remove(inode);
    }
}
