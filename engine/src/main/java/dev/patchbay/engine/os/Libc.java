package dev.patchbay.engine.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/// The system calls of the engine; the only class that uses foreign memory.
///
/// Every method returns the kernel's result or the negated errno ([Errno]). A call interrupted by a
/// signal is repeated. The class has no state; the caller owns descriptors.
@SuppressWarnings("restricted")
public final class Libc {
    /// fcntl.h
    public static final int O_CLOEXEC = 0x80000;
    /// Refers to a file without opening it: it never blocks, and no driver is called.
    public static final int O_PATH = 0x200000;

    /// sched.h
    public static final int CLONE_NEWNET = 0x40000000;

    /// sys/mount.h
    public static final int MS_BIND = 0x1000;

    public static final int MS_REC = 0x4000;
    public static final int MS_SHARED = 1 << 20;
    public static final int MNT_DETACH = 2;

    /// sys/socket.h
    public static final int AF_NETLINK = 16;

    public static final int AF_INET = 2;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_RAW = 3;
    public static final int IPPROTO_SCTP = 132;
    public static final int SOCK_CLOEXEC = O_CLOEXEC;
    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVTIMEO = 20;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;

    /// linux/nsfs.h
    private static final long NS_GET_NSTYPE = 0xb703;

    private static final int EFD_CLOEXEC = O_CLOEXEC;
    private static final short POLLIN = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE_LAYOUT.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = downcall("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = downcall("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = downcall("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            downcall("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = downcall("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = downcall("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLL = downcall("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = downcall("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle WRITE = downcall("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPEN = downcall("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = downcall("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = downcall("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SETNS = downcall("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UNSHARE = downcall("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle MOUNT =
            downcall("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = downcall("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle KILL = downcall("kill", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    public static int socket(int domain, int type, int protocol) {
        return call((arena, state) -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    /// Binds a netlink socket to a port that the kernel chooses and to multicast groups, as a mask (struct
    /// sockaddr_nl in linux/netlink.h).
    public static int bindNetlink(int fd, int groups) {
        return call((arena, state) -> {
            MemorySegment address = netlinkAddress(arena, groups);
            return (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
        });
    }

    /// Connects a bound netlink socket to the kernel, which then refuses messages to it from other processes
    /// (`netlink_getsockbyportid` in net/netlink/af_netlink.c).
    public static int connectNetlink(int fd) {
        return call((arena, state) -> {
            MemorySegment address = netlinkAddress(arena, 0);
            return (int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize());
        });
    }

    private static MemorySegment netlinkAddress(Arena arena, int groups) {
        MemorySegment address = arena.allocate(12, 4);
        address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        address.set(JAVA_INT, 8, groups);
        return address;
    }

    public static int setOption(int fd, int level, int option, int value) {
        return call((arena, state) -> {
            MemorySegment number = arena.allocateFrom(JAVA_INT, value);
            return (int) SETSOCKOPT.invokeExact(state, fd, level, option, number, (int) number.byteSize());
        });
    }

    public static int setReceiveTimeout(int fd, long seconds) {
        return call((arena, state) -> {
            MemorySegment timeval = arena.allocateFrom(JAVA_LONG, seconds, 0);
            return (int) SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_RCVTIMEO, timeval, (int) timeval.byteSize());
        });
    }

    public static int send(int fd, ByteBuffer message) {
        return call((arena, state) -> {
            MemorySegment bytes = arena.allocate(message.remaining()).copyFrom(MemorySegment.ofBuffer(message));
            return (long) SEND.invokeExact(state, fd, bytes, bytes.byteSize(), 0);
        });
    }

    /// @param length with `MSG_TRUNC` the true length, which may exceed the bytes; or `-errno`
    public record Datagram(int length, ByteBuffer bytes) {}

    /// Receives one datagram. The memory for the kernel is freed when this returns.
    ///
    /// @param most maximum number of bytes to keep
    public static Datagram receive(int fd, int most, int flags) {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment bytes = memory.allocate(most);
            int length = call((arena, state) -> (long) RECV.invokeExact(state, fd, bytes, bytes.byteSize(), flags));
            byte[] kept = bytes.asSlice(0, Math.clamp(length, 0, most)).toArray(JAVA_BYTE);
            return new Datagram(length, ByteBuffer.wrap(kept));
        }
    }

    /// Waits without limit until one of the descriptors can be read.
    ///
    /// @return a mask of the readable ones, the first being bit 0; one with an error counts, because
    ///     reading reports the error
    public static int awaitReadable(int... fds) {
        return call((arena, state) -> {
            MemorySegment set = arena.allocate(8L * fds.length, 4);
            for (int i = 0; i < fds.length; i++) {
                set.set(JAVA_INT, 8L * i, fds[i]);
                set.set(JAVA_SHORT, 8L * i + 4, POLLIN);
            }
            int ready = (int) POLL.invokeExact(state, set, (long) fds.length, -1);
            if (ready < 0) {
                return ready;
            }
            int mask = 0;
            for (int i = 0; i < fds.length; i++) {
                mask |= set.get(JAVA_SHORT, 8L * i + 6) == 0 ? 0 : 1 << i;
            }
            return mask;
        });
    }

    /// Creates a descriptor that [#writeEventfd] makes readable.
    public static int eventfd() {
        return call((arena, state) -> (int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC));
    }

    public static int writeEventfd(int fd) {
        return call((arena, state) ->
                (long) WRITE.invokeExact(state, fd, arena.allocateFrom(JAVA_LONG, 1), JAVA_LONG.byteSize()));
    }

    /// Opens for reading.
    public static int open(String path, int flags) {
        return call((arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags));
    }

    /// Closes a descriptor. The kernel has released it even after an error, so it is never closed again.
    public static int close(int fd) {
        return callOnce((arena, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    /// The kind of a descriptor's namespace, as `CLONE_NEWNET`; ENOTTY for another descriptor.
    public static int namespaceType(int fd) {
        return call((arena, state) -> (int) IOCTL.invokeExact(state, fd, NS_GET_NSTYPE));
    }

    /// Moves only the calling thread into a namespace.
    public static int setns(int fd, int kind) {
        return call((arena, state) -> (int) SETNS.invokeExact(state, fd, kind));
    }

    /// Moves only the calling thread into a new namespace.
    public static int unshare(int kind) {
        return call((arena, state) -> (int) UNSHARE.invokeExact(state, kind));
    }

    /// A mount without a file system type or options: a bind mount or a change of propagation.
    public static int mount(String source, String target, int flags) {
        return call((arena, state) -> (int) MOUNT.invokeExact(
                state,
                arena.allocateFrom(source),
                arena.allocateFrom(target),
                arena.allocateFrom("none"),
                (long) flags,
                MemorySegment.NULL));
    }

    public static int unmount(String target, int flags) {
        return call((arena, state) -> (int) UMOUNT2.invokeExact(state, arena.allocateFrom(target), flags));
    }

    public static int kill(int pid, int signal) {
        return call((arena, state) -> (int) KILL.invokeExact(state, pid, signal));
    }

    /// The C library's message for an errno.
    public static String errorText(int errno) {
        try {
            // The text of a known number is constant, and stays valid after the call.
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static int call(Call call) {
        int result;
        do {
            result = callOnce(call);
        } while (result == -Errno.EINTR);
        return result;
    }

    private static int callOnce(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE_LAYOUT);
            long result = call.invoke(arena, state);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : Math.toIntExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing of its own", e);
        }
    }

    private static MethodHandle downcall(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private interface Call {
        long invoke(Arena arena, MemorySegment state) throws Throwable;
    }
}
