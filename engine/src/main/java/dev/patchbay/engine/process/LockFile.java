package dev.patchbay.engine.process;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A file that one at a time holds: one thread of one process. The kernel frees it when its holder dies. Whoever has it
/// must not take it again. May be closed by any thread, and more than once.
public final class LockFile implements AutoCloseable {
    /// A POSIX lock is the process' own, and closing any handle of the file gives it up (fcntl(2)). So whoever comes
    /// second in this process waits, or is turned away, before the file is opened.
    private static final Map<Place, Semaphore> HERE = new ConcurrentHashMap<>();

    /// A file by whatever path, also before it is there.
    ///
    /// @param directory its device and inode
    private record Place(Object directory, Path name) {}

    private final Semaphore here;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LockFile(Semaphore here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /// Waits until it is free.
    ///
    /// @param file made where it is not there; its directory has to be
    public static LockFile take(Path file) throws EngineException {
        Semaphore here = here(file);
        here.acquireUninterruptibly();
        LockFile taken = open(file, here, FileChannel::lock);
        if (taken == null) {
            throw new IllegalStateException("a lock that is waited for is there in the end");
        }
        return taken;
    }

    /// Empty when another process, or another thread of this one, has it.
    ///
    /// @param file made where it is not there; its directory has to be
    public static Optional<LockFile> tryTake(Path file) throws EngineException {
        Semaphore here = here(file);
        return here.tryAcquire() ? Optional.ofNullable(open(file, here, FileChannel::tryLock)) : Optional.empty();
    }

    private interface Locking {
        @Nullable
        Object lock(FileChannel channel) throws IOException;
    }

    private static Semaphore here(Path file) throws EngineException {
        try {
            Object directory = Files.readAttributes(file.resolveSibling("."), BasicFileAttributes.class)
                    .fileKey();
            return HERE.computeIfAbsent(new Place(directory, file.getFileName()), _ -> new Semaphore(1));
        } catch (IOException e) {
            throw EngineException.of("lock " + file, e);
        }
    }

    /// @return null when it is not free
    private static @Nullable LockFile open(Path file, Semaphore here, Locking locking) throws EngineException {
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = locking.lock(channel) != null;
            return locked ? new LockFile(here, channel) : null;
        } catch (IOException e) {
            throw EngineException.of("lock " + file, e);
        } finally {
            if (!locked) {
                close(here, channel);
            }
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            close(here, channel);
        }
    }

    private static void close(Semaphore here, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Closing a file that was never written to has nothing to lose.
        } finally {
            here.release();
        }
    }
}
