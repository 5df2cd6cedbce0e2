package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.libc.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// A network namespace held open: it exists, and stays the same one, until this is closed.
public final class Namespace implements AutoCloseable {
    private final String name;
    private final int fd;
    private final long inode;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Namespace(String name, int fd, long inode) {
        this.name = name;
        this.fd = fd;
        this.inode = inode;
    }

    /// @throws EngineException also when there is a file that is no network namespace, as a crash can leave one
    static Namespace open(String step, String name, Path path) throws EngineException {
        int fd = Errno.check(step, "cannot open " + path, Libc.open(path.toString(), Libc.O_CLOEXEC));
        try {
            if (Libc.namespaceKind(fd) != Libc.CLONE_NEWNET) {
                throw new EngineException(step, path + " is no network namespace", Errno.EINVAL, null);
            }
            // Of the open file: the path may lead to another one by now.
            long inode = (Long) Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:ino");
            return new Namespace(name, fd, inode);
        } catch (IOException e) {
            Libc.close(fd);
            throw new EngineException(step, "cannot look at " + path, e);
        } catch (EngineException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /// What it was opened as, for messages: a name under `/run/netns` or a path under `/proc`.
    public String name() {
        return name;
    }

    /// Tells namespaces apart: while both are held, equal exactly when they are the same one.
    public long inode() {
        return inode;
    }

    /// The descriptor, for a netlink attribute or a system call; it remains owned by this object.
    public int fd() {
        if (closed.get()) {
            throw new IllegalStateException("namespace " + name + " is closed");
        }
        return fd;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.close(fd);
        }
    }

    @Override
    public String toString() {
        return name + " (net:[" + inode + "])";
    }
}
