package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lock file, held by one thread of one process. The kernel releases it when its holder ends. The
/// holder must not acquire it again. close() is thread-safe and may be called more than once.
public final class LockFile implements AutoCloseable {
    /// A POSIX lock belongs to the process, and closing any descriptor of the file releases it
    /// (fcntl(2)). So a second holder in this process waits, or fails, before the file is opened.
    private static final Map<FileKey, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private static final Duration HOLDER_TIMEOUT = Duration.ofSeconds(8);

    /// Number of heartbeats in the time after which a holder counts as stopped.
    private static final int HEARTBEATS_PER_TIMEOUT = 4;

    private static final int POLL_MILLIS = 20;

    private static final Set<OpenOption> OPEN_OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// Field indexes in a line of `/proc/locks`.
    private static final int PID_FIELD = 4;

    private static final int FILE_FIELD = 5;

    /// Identifies a file by any path, also before it exists.
    ///
    /// @param directory its device and inode
    private record FileKey(Object directory, Path name) {}

    private final Semaphore processLock;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LockFile(Semaphore here, FileChannel channel) {
        this.processLock = here;
        this.channel = channel;
    }

    /// Waits for the lock while its holder sends heartbeats.
    ///
    /// @param file created if necessary; its directory must exist
    /// @throws EngineException when the holder, which the sentence names, has sent none for some seconds
    public static LockFile acquire(Path file) throws EngineException {
        return acquire(file, HOLDER_TIMEOUT);
    }

    /// @param silence the limit, which all users of this file must share
    static LockFile acquire(Path file, Duration silence) throws EngineException {
        FileTime seen = lastModified(file);
        for (int silent = 0; silent < silence.toMillis(); silent += POLL_MILLIS) {
            Optional<LockFile> taken = tryAcquire(file);
            if (taken.isPresent()) {
                taken.get().startHeartbeat(silence.dividedBy(HEARTBEATS_PER_TIMEOUT));
                return taken.get();
            }
            FileTime now = lastModified(file);
            if (!now.equals(seen)) {
                seen = now;
                silent = 0;
            }
            sleep(file);
        }
        throw new EngineException("lock " + file, describeHolder(file), EngineException.Kind.NOT_RESPONDING, null);
    }

    /// A working holder writes to the file regularly, on a thread of its own, and so updates its
    /// modification time; a stopped holder does not. It uses the channel that holds the lock, because
    /// closing another one would release the lock.
    private void startHeartbeat(Duration pause) {
        Thread.ofVirtual().name("lock").start(() -> {
            try {
                while (!closed.get()) {
                    channel.write(ByteBuffer.allocate(1), 0);
                    Thread.sleep(pause);
                }
            } catch (IOException e) {
                // The file was closed, or cannot be written.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static void sleep(Path file) throws EngineException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("lock " + file, "interrupted", e);
        }
    }

    /// The holder from `/proc/locks`: `1: POSIX  ADVISORY  WRITE 4711 08:01:1234 0 EOF`, with pid and
    /// inode.
    private static String describeHolder(Path file) {
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            String inode = ":" + Files.getAttribute(file, "unix:ino");
            return locks.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > FILE_FIELD && words[FILE_FIELD].endsWith(inode))
                    .map(words -> "process " + words[PID_FIELD] + " holds it and does not respond")
                    .findFirst()
                    .orElse("another process holds it and does not respond");
        } catch (IOException | UncheckedIOException e) {
            return "another process holds it and does not respond";
        }
    }

    /// Empty when another process, or another thread of this one, has the lock.
    ///
    /// @param file created if necessary; its directory must exist
    public static Optional<LockFile> tryAcquire(Path file) throws EngineException {
        Semaphore here = processLock(file);
        return here.tryAcquire() ? Optional.ofNullable(open(file, here)) : Optional.empty();
    }

    private static Semaphore processLock(Path file) throws EngineException {
        try {
            Object directory = Files.readAttributes(file.resolveSibling("."), BasicFileAttributes.class)
                    .fileKey();
            return IN_THIS_PROCESS.computeIfAbsent(new FileKey(directory, file.getFileName()), _ -> new Semaphore(1));
        } catch (IOException e) {
            throw EngineException.of("lock " + file, e);
        }
    }

    /// @return null when another process has the lock
    private static @Nullable LockFile open(Path file, Semaphore here) throws EngineException {
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, OPEN_OPTIONS, OWNER_ONLY);
            locked = channel.tryLock() != null;
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
            close(processLock, channel);
        }
    }

    private static void close(Semaphore here, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Closing a file without writes cannot lose data.
        } finally {
            here.release();
        }
    }
}
