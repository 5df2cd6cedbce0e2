package dev.patchbay.engine.netns;

/// A network namespace held open: it exists, and stays the same one, until this is closed.
public final class Namespace implements AutoCloseable {
    private final String name;
    private final int fd;
    private final long inode;

    Namespace(String name, int fd, long inode) {
        this.name = name;
        this.fd = fd;
        this.inode = inode;
    }

    /// What it was opened as, for messages: a name under `/run/netns` or a path under `/proc`.
    public String name() {
        return name;
    }

    /// Tells namespaces apart: equal exactly when they are the same one.
    public long inode() {
        return inode;
    }

    /// The descriptor, for a netlink attribute or a system call; it remains owned by this object.
    public int fd() {
        return fd;
    }

    @Override
    public void close() {}
}
