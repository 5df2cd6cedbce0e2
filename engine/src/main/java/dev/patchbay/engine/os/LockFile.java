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

/// A lock file: one thread of one process holds it. The kernel frees it when its holder dies. The holder must not
/// acquire it again. May be closed by any thread, and more than once.
public final class LockFile implements AutoCloseable {
    /// A POSIX lock is the process' own, and closing any handle of the file gives it up (fcntl(2)). So whoever comes
    /// second in this process waits, or is turned away, before the file is opened.
    private static final Map<FileKey, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private static final Duration HOLDER_TIMEOUT = Duration.ofSeconds(8);

    /// A holder shows that many signs of life in the time after which it counts as stopped.
    private static final int HEARTBEATS_PER_TIMEOUT = 4;

    private static final int POLL_MILLIS = 20;

    private static final Set<OpenOption> OPEN_OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// Places in a line of `/proc/locks`.
    private static final int PID_FIELD = 4;

    private static final int FILE_FIELD = 5;

    /// A file by whatever path, also before it is there.
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

    /// Waits until it is free, as long as whoever has it shows signs of life.
    ///
    /// @param file made where it is not there; its directory has to be
    /// @throws EngineException when its holder, which the sentence names, has shown none for some seconds
    public static LockFile acquire(Path file) throws EngineException {
        return acquire(file, HOLDER_TIMEOUT);
    }

    /// @param silence the limit, which everybody who takes this file has to share
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

    /// A holder that works writes into the file now and then, from a thread of its own, and so renews the file's
    /// time. One that is stopped does not. Through the channel that it has: closing another would give the lock up.
    private void startHeartbeat(Duration pause) {
        Thread.ofVirtual().name("lock").start(() -> {
            try {
                while (!closed.get()) {
                    channel.write(ByteBuffer.allocate(1), 0);
                    Thread.sleep(pause);
                }
            } catch (IOException e) {
                // It was closed just now, or nothing can be written here.
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

    /// Who has it, as `/proc/locks` says: `1: POSIX  ADVISORY  WRITE 4711 08:01:1234 0 EOF`, with pid and inode.
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

    /// Empty when another process, or another thread of this one, has it.
    ///
    /// @param file made where it is not there; its directory has to be
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

    /// @return null when it is not free
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
            // Closing a file that was never written to has nothing to lose.
        } finally {
            here.release();
        }
    }
}
