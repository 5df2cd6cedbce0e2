package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.spec.PortRange;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who holds which port: the sockets as the kernel lists them, their owners from `/proc`.
public final class HostSockets {
    private static final Path PROC = Path.of("/proc");

    private HostSockets() {}

    /// Listening TCP and bound UDP sockets of the calling thread's network namespace on these ports, both families. A
    /// socket whose process may not be looked into has pid 0.
    public static List<Listener> listeners(PortRange ports) throws EngineException {
        List<SocketDiag.Bound> sockets;
        try (SocketDiag diag = new SocketDiag()) {
            sockets = diag.on(ports);
        }
        Map<Long, Long> owners =
                owners(sockets.stream().map(SocketDiag.Bound::inode).collect(Collectors.toUnmodifiableSet()));
        Map<Long, String> names = new HashMap<>();
        return sockets.stream()
                .map(socket -> {
                    long pid = owners.getOrDefault(socket.inode(), 0L);
                    String name = pid == 0 ? "" : names.computeIfAbsent(pid, HostSockets::processName);
                    return new Listener(socket.protocol(), socket.address(), socket.port(), pid, name);
                })
                .toList();
    }

    private static Map<Long, Long> owners(Set<Long> inodes) throws EngineException {
        Map<Long, Long> owners = new HashMap<>();
        if (inodes.isEmpty()) {
            return owners;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (owners.size() == inodes.size()) {
                    break;
                }
                addSocketsOf(process, inodes, owners);
            }
        } catch (IOException e) {
            throw new EngineException("find the owners of the host's sockets", "cannot read " + PROC, e);
        }
        return owners;
    }

    private static void addSocketsOf(Path process, Set<Long> wanted, Map<Long, Long> owners) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            long pid = Long.parseLong(process.getFileName().toString());
            for (Path descriptor : descriptors) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    long inode = Long.parseLong(target.substring(8, target.length() - 1));
                    if (wanted.contains(inode)) {
                        owners.putIfAbsent(inode, pid);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            // Gone meanwhile, or another user's: its sockets stay without an owner.
        }
    }

    private static String processName(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
