package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// A network namespace held open: it exists, and stays the same one, until this is closed.
public final class Namespace implements AutoCloseable {
    /// One of them: all are files of one file system, nsfs, whose device number no other has.
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

    /// Names the file first and opens it only when it is one of the kernel's namespaces: to open a FIFO
    /// would wait for whoever writes to it, and a device may act when it is opened.
    ///
    /// @throws EngineException EINVAL when there is a file that is no network namespace, as a crash can leave one
    static Namespace open(String step, String name, Path path) throws EngineException {
        int named = Errno.check(step, "cannot open " + path, Libc.open(path.toString(), Libc.O_PATH | Libc.O_CLOEXEC));
        try {
            // Of the named file: the path may lead to another one by now.
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

    /// What it was opened as, for messages: a name under `/run/netns` or a path under `/proc`.
    public String name() {
        return name;
    }

    /// Its number among the namespaces, unique while it is held.
    public long inode() {
        return inode;
    }

    /// Whether both lead to one namespace. Certain, since both are held.
    public boolean isSameAs(Namespace other) {
        return device == other.device && inode == other.inode;
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
