package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.PortRange;
import dev.patchbay.engine.spec.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who holds which port, from `/proc`.
public final class HostSockets {
    private static final Path PROC = Path.of("/proc");
    /// `/proc/net` would be the main thread's namespace, not the caller's.
    private static final Path NET = PROC.resolve("thread-self/net");

    private static final String TCP_LISTEN = "0A";
    /// An unconnected UDP socket is in the state that TCP calls closed.
    private static final String UDP_UNCONNECTED = "07";

    private HostSockets() {}

    /// Listening TCP and bound UDP sockets of the calling thread's network namespace on these ports, both families. A
    /// socket whose process may not be looked into has pid 0.
    public static List<Listener> listeners(PortRange ports) throws EngineException {
        try {
            List<Socket> sockets = new ArrayList<>();
            for (String family : List.of("", "6")) {
                addSockets(sockets, ports, Protocol.TCP, "tcp" + family, TCP_LISTEN);
                addSockets(sockets, ports, Protocol.UDP, "udp" + family, UDP_UNCONNECTED);
            }
            Set<Long> inodes = new HashSet<>();
            sockets.forEach(socket -> inodes.add(socket.inode));
            Map<Long, Long> owners = inodes.isEmpty() ? Map.of() : owners(inodes);
            Map<Long, String> names = new HashMap<>();
            return sockets.stream()
                    .map(socket -> socket.heldBy(owners.getOrDefault(socket.inode, 0L), names))
                    .toList();
        } catch (IOException e) {
            throw new EngineException("list the host's sockets", "cannot read " + NET, e);
        }
    }

    private record Socket(Protocol protocol, InetAddress address, int port, long inode) {
        Listener heldBy(long pid, Map<Long, String> names) {
            String name = pid == 0 ? "" : names.computeIfAbsent(pid, HostSockets::processName);
            return new Listener(protocol, address, port, pid, name);
        }
    }

    private static void addSockets(List<Socket> sockets, PortRange ports, Protocol protocol, String file, String state)
            throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(NET.resolve(file), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return; // a kernel without IPv6
        }
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            // Columns: slot, local address:port, remote, state, queues, timer, retransmits, uid, timeout, inode.
            String[] column = line.strip().split("\\s+");
            if (column.length > 9 && column[3].equals(state)) {
                int colon = column[1].indexOf(':');
                int port = Integer.parseInt(column[1].substring(colon + 1), 16);
                if (ports.contains(port)) {
                    InetAddress address = address(column[1].substring(0, colon));
                    sockets.add(new Socket(protocol, address, port, Long.parseLong(column[9])));
                }
            }
        }
    }

    /// The kernel prints each 32-bit word of an address as a number in its own byte order.
    static InetAddress address(String hex) {
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i < hex.length(); i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(hex, i, i + 8, 16));
        }
        return Addresses.of(bytes.array());
    }

    private static Map<Long, Long> owners(Set<Long> inodes) throws IOException {
        Map<Long, Long> owners = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (owners.size() == inodes.size()) {
                    break;
                }
                addSocketsOf(process, inodes, owners);
            }
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
        } catch (IOException | DirectoryIteratorException e) {
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
