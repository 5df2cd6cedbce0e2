package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// An open network namespace: it exists, and stays the same one, until this is closed.
public final class Namespace implements AutoCloseable {
    /// Any of them: all are files of the file system nsfs, whose device number is unique.
    private static final Path OWN_NETNS = Path.of("/proc/self/ns/net");

    private final String name;
    private final int fd;
    private final long inode;
    private final long device;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Namespace(String name, int fd, long device, long inode) {
        this.name = name;
        this.fd = fd;
        this.device = device;
        this.inode = inode;
    }

    /// Opens the file only if it is one of the kernel's namespaces: opening a FIFO would block, and
    /// opening a device may have side effects.
    ///
    /// @throws EngineException EINVAL when the file is no network namespace, as after a crash
    static Namespace open(String step, String name, Path path) throws EngineException {
        int named = Errno.check(step, "cannot open " + path, Libc.open(path.toString(), Libc.O_PATH | Libc.O_CLOEXEC));
        try {
            // The path through the descriptor, since the original path may lead to another file now.
            Path file = Path.of("/proc/self/fd/" + named);
            long device = (Long) Files.getAttribute(file, "unix:dev");
            if (device != (Long) Files.getAttribute(OWN_NETNS, "unix:dev")) {
                throw new EngineException(step, path + " is no network namespace", Errno.EINVAL, null);
            }
            int fd = Errno.check(step, "cannot open " + path, Libc.open(file.toString(), Libc.O_CLOEXEC));
            if (Libc.namespaceType(fd) != Libc.CLONE_NEWNET) {
                Libc.close(fd);
                throw new EngineException(step, path + " is no network namespace", Errno.EINVAL, null);
            }
            return new Namespace(name, fd, device, (Long) Files.getAttribute(file, "unix:ino"));
        } catch (IOException e) {
            throw new EngineException(step, "cannot look at " + path, e);
        } finally {
            Libc.close(named);
        }
    }

    /// The name for messages: a name in `/run/netns` or a path in `/proc`.
    public String name() {
        return name;
    }

    /// Its inode, unique while it is open.
    public long inode() {
        return inode;
    }

    /// Whether both are the same namespace. This is certain, because both are open.
    public boolean isSameAs(Namespace other) {
        return device == other.device && inode == other.inode;
    }

    /// The descriptor, for a netlink attribute or a system call; this object still owns it.
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
