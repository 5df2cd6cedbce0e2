package dev.patchbay.engine.probe;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.PortRange;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the listening sockets with the kernel's list, and their owners in `/proc`.
public final class ListenerReader {
    private static final Path PROC = Path.of("/proc");

    /// The name of a socket in `/proc/PID/fd` (sockfs_dname in net/socket.c); an inode has up to 64
    /// bits.
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d{1,18})]");

    private ListenerReader() {}

    /// Listening TCP and bound UDP sockets of the calling thread's network namespace on these ports,
    /// both families. A socket whose process cannot be inspected has pid 0.
    public static List<Listener> listeners(PortRange ports, Consumer<Unreadable> unreadable) throws EngineException {
        List<SocketDiag.Bound> sockets;
        try (SocketDiag diag = new SocketDiag()) {
            sockets = diag.list(ports, unreadable);
        }
        Map<Long, Long> owners = owners(
                PROC,
                sockets.stream().map(SocketDiag.Bound::inode).collect(Collectors.toUnmodifiableSet()),
                unreadable);
        Map<Long, String> names = new HashMap<>();
        return sockets.stream()
                .map(socket -> {
                    long pid = owners.getOrDefault(socket.inode(), 0L);
                    String name = pid == 0 ? "" : names.computeIfAbsent(pid, ListenerReader::processName);
                    return new Listener(socket.protocol(), socket.address(), socket.port(), pid, name);
                })
                .toList();
    }

    /// @param proc directory with a subdirectory for each process
    static Map<Long, Long> owners(Path proc, Set<Long> inodes, Consumer<Unreadable> unreadable) throws EngineException {
        Map<Long, Long> owners = new HashMap<>();
        if (inodes.isEmpty()) {
            return owners;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (owners.size() == inodes.size()) {
                    break;
                }
                addOwnedBy(process, inodes, owners, unreadable);
            }
        } catch (IOException e) {
            throw new EngineException("find the owners of the host's sockets", "cannot read " + proc, e);
        }
        return owners;
    }

    private static void addOwnedBy(
            Path process, Set<Long> wanted, Map<Long, Long> owners, Consumer<Unreadable> unreadable) {
        long pid = Long.parseLong(process.getFileName().toString());
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                inode(descriptor, unreadable).filter(wanted::contains).ifPresent(own -> owners.putIfAbsent(own, pid));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended, or belongs to another user; its sockets have no known owner.
        }
    }

    /// Empty for another file.
    private static Optional<Long> inode(Path descriptor, Consumer<Unreadable> unreadable) {
        String target;
        try {
            target = Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed meanwhile; other descriptors of the process may be open.
            return Optional.empty();
        }
        if (!target.startsWith("socket:")) {
            return Optional.empty();
        }
        Matcher socket = SOCKET.matcher(target);
        if (!socket.matches()) {
            unreadable.accept(
                    new Unreadable(Unreadable.Kind.SOCKET, descriptor + " leads to no number of a socket: " + target));
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(socket.group(1)));
    }

    private static String processName(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
