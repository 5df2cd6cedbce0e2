package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Libc;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Creates, finds and enters network namespaces. Named ones are those of `ip netns`: bind mounts in
/// `/run/netns`.
public final class Namespaces {
    /// The namespace of the calling thread; `/proc/self` is the main thread's.
    private static final Path CURRENT = Path.of("/proc/thread-self/ns/net");

    private Namespaces() {}

    /// Creates a named namespace, whose `lo` is down. An existing name is a failure (EEXIST); after a
    /// failure nothing is left.
    public static Namespace create(String name) throws EngineException {
        String step = "create namespace " + name;
        Path path = NetnsName.path(name);
        makeRunDirectory(step);
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        } catch (FileAlreadyExistsException e) {
            throw new EngineException(step, "the name is taken", Errno.EEXIST, e);
        } catch (IOException e) {
            throw new EngineException(step, "cannot make " + path, e);
        }
        try {
            return runOnNewThread(step, () -> {
                Errno.check(step, "cannot make a network namespace", Libc.unshare(Libc.CLONE_NEWNET));
                Errno.check(
                        step, "cannot mount " + path, Libc.mount(CURRENT.toString(), path.toString(), Libc.MS_BIND));
                return Namespace.open(step, name, path);
            });
        } catch (EngineException e) {
            try {
                delete(name);
            } catch (EngineException undo) {
                e.addSuppressed(undo);
            }
            throw e;
        }
    }

    /// As `ip netns add` does: the directory is a shared mount. Later mount namespaces then see new and
    /// deleted names, and a name can be deleted while another mount namespace still has it.
    private static synchronized void makeRunDirectory(String step) throws EngineException {
        try {
            directory();
        } catch (IOException e) {
            throw new EngineException(step, "cannot make " + NetnsName.DIRECTORY, e);
        }
        int shared = makeShared();
        if (shared == -Errno.EINVAL) {
            Errno.check(
                    step,
                    "cannot make " + NetnsName.DIRECTORY + " a mount",
                    Libc.mount(
                            NetnsName.DIRECTORY.toString(),
                            NetnsName.DIRECTORY.toString(),
                            Libc.MS_BIND | Libc.MS_REC));
            shared = makeShared();
        }
        Errno.check(step, "cannot share " + NetnsName.DIRECTORY, shared);
    }

    /// EINVAL when the directory is not a mount yet.
    private static int makeShared() {
        return Libc.mount("", NetnsName.DIRECTORY.toString(), Libc.MS_SHARED | Libc.MS_REC);
    }

    /// Gives the namespace of a process a name, as `ip netns attach` does.
    public static void attach(String name, long pid) throws EngineException {
        String step = "name the namespace of process " + pid + " " + name;
        Path path = NetnsName.path(name);
        makeRunDirectory(step);
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        } catch (IOException e) {
            throw new EngineException(step, "cannot make " + path, e);
        }
        int mounted = Libc.mount("/proc/" + pid + "/ns/net", path.toString(), Libc.MS_BIND);
        if (mounted < 0) {
            delete(name);
        }
        Errno.check(step, "cannot mount " + path, mounted);
    }

    /// Opens a named namespace; ENOENT when there is none.
    public static Namespace open(String name) throws EngineException {
        return Namespace.open("open namespace " + name, name, NetnsName.path(name));
    }

    /// Opens the namespace that a file leads to, as container engines have them; ENOENT when there is none.
    public static Namespace openFile(String file) throws EngineException {
        return Namespace.open("open namespace " + file, file, Path.of(file));
    }

    /// Whether a file is a network namespace, or another one of the kernel's, as far as it can be looked
    /// at.
    static boolean isNetns(Path file) {
        try {
            return Files.getAttribute(file, "unix:dev").equals(Files.getAttribute(CURRENT, "unix:dev"));
        } catch (IOException absent) {
            return false;
        }
    }

    /// Opens the namespace a process is in; ENOENT when there is no such process.
    public static Namespace openProcess(long pid) throws EngineException {
        Path path = Path.of("/proc", Long.toString(pid), "ns/net");
        return Namespace.open("open the network namespace of process " + pid, path.toString(), path);
    }

    /// Opens the namespace of the calling thread.
    public static Namespace current() throws EngineException {
        return Namespace.open("open the own network namespace", CURRENT.toString(), CURRENT);
    }

    /// Deletes the name; the namespace itself ends with its last process or open descriptor.
    ///
    /// @return false when there was none of this name
    public static boolean delete(String name) throws EngineException {
        String step = "delete namespace " + name;
        Path path = NetnsName.path(name);
        int result = Libc.unmount(path.toString(), Libc.MNT_DETACH);
        // EINVAL: a file without its mount, as after a crash between the two.
        if (result != -Errno.EINVAL && result != -Errno.ENOENT) {
            Errno.check(step, "cannot unmount " + path, result);
        }
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new EngineException(step, "cannot delete " + path, e);
        }
    }

    /// The directory of the names. A machine without any name has no such directory, and it is created.
    public static Path directory() throws IOException {
        return Files.createDirectories(
                NetnsName.DIRECTORY,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /// The names in `/run/netns`, sorted.
    public static List<String> names() throws EngineException {
        if (!Files.isDirectory(NetnsName.DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(NetnsName.DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new EngineException("list the namespaces", "cannot read " + NetnsName.DIRECTORY, e);
        }
    }

    /// Runs the work inside a namespace, on a platform thread of its own, and waits for its end. A
    /// checked exception of the work other than [EngineException] becomes the cause of one. An interrupt
    /// is passed on to the work.
    ///
    /// The work must not start threads or processes: they would be in the namespace, and the JDK reuses
    /// some of them (carriers, process reapers) for other work.
    public static <T> T runInside(Namespace namespace, Callable<T> work) throws EngineException {
        String step = "enter namespace " + namespace.name();
        return runOnNewThread(step, () -> {
            Errno.check(step, "cannot enter it", Libc.setns(namespace.fd(), Libc.CLONE_NEWNET));
            return work.call();
        });
    }

    /// The thread ends after the work, because it stays in the other namespace.
    private static <T> T runOnNewThread(String step, Callable<T> work) throws EngineException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name(step).start(task);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            case FAILED -> throw failure(step, task.exceptionNow());
            case CANCELLED, RUNNING -> throw new AssertionError("nobody cancels it, and its thread has ended");
        };
    }

    private static EngineException failure(String step, Throwable cause) {
        return switch (cause) {
            case EngineException failure -> failure;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> new EngineException(step, String.valueOf(cause.getMessage()), cause);
        };
    }
}
