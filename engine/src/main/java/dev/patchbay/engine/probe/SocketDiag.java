package dev.patchbay.engine.probe;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.netfilter.FlowTuple;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Listening TCP and bound UDP sockets of the calling thread's network namespace (linux/inet_diag.h).
/// The kernel filters the ports and skips connections; the tables in `/proc/net` contain all
/// connections.
public final class SocketDiag implements AutoCloseable {
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    /// Size of struct inet_diag_sockid: two ports, two addresses, link, cookie.
    private static final int SOCKID_BYTES = 48;
    /// Offsets in struct inet_diag_msg, whose last field is the inode.
    private static final int PORT_OFFSET = 4;
    private static final int ADDRESS_OFFSET = 8;
    private static final int INODE_OFFSET = 68;

    private static final int IPPROTO_TCP = 6;

    private static final int TCP_LISTEN = 10;
    /// An unconnected UDP socket is in the state that TCP calls closed.
    private static final int TCP_CLOSE = 7;

    private static final int INET_DIAG_REQ_BYTECODE = 1;
    private static final int INET_DIAG_BC_S_GE = 2;
    private static final int INET_DIAG_BC_S_LE = 3;
    /// A comparison and its port, each a struct inet_diag_bc_op.
    private static final int COMPARISON = 8;
    /// A jump to here, beyond the end, rejects the socket.
    private static final int REJECT_OFFSET = 4;

    private final NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_SOCK_DIAG, 0);

    SocketDiag() throws EngineException {}

    /// @param inode of the socket, by which its process is found
    public record Bound(Protocol protocol, InetAddress address, int port, long inode) {}

    List<Bound> list(PortRange ports, Consumer<Unreadable> unreadable) throws EngineException {
        List<Bound> sockets = new ArrayList<>();
        for (Family family : Family.values()) {
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                sockets.addAll(read(
                        socket.dump("list the host's sockets", request(family, protocol, ports)),
                        family,
                        protocol,
                        unreadable));
            }
        }
        return sockets;
    }

    public static List<Bound> read(
            List<NetlinkMessage> answers, Family family, Protocol protocol, Consumer<Unreadable> unreadable) {
        return NetlinkMessage.readEach(
                Unreadable.Kind.SOCKET, answers, answer -> parse(protocol, family, answer), unreadable);
    }

    public static NetlinkRequest request(Family family, Protocol protocol, PortRange ports) {
        return new NetlinkRequest(SOCK_DIAG_BY_FAMILY, NetlinkRequest.NLM_F_DUMP)
                .u8(Rtnl.af(family))
                .u8(protocol == Protocol.TCP ? IPPROTO_TCP : FlowTuple.IPPROTO_UDP)
                .u16(0)
                .u32(1 << (protocol == Protocol.TCP ? TCP_LISTEN : TCP_CLOSE))
                .zeros(SOCKID_BYTES)
                .attribute(INET_DIAG_REQ_BYTECODE, portFilter(ports));
    }

    /// A program that accepts a socket by its local port: each comparison continues with the next one or
    /// jumps beyond the end.
    private static ByteBuffer portFilter(PortRange ports) {
        ByteBuffer program = ByteBuffer.allocate(2 * COMPARISON).order(ByteOrder.nativeOrder());
        compare(program, INET_DIAG_BC_S_GE, ports.first());
        compare(program, INET_DIAG_BC_S_LE, ports.last());
        return program.flip();
    }

    private static void compare(ByteBuffer program, int comparison, int port) {
        int toTheEnd = program.remaining();
        program.put((byte) comparison).put((byte) COMPARISON).putShort((short) (toTheEnd + REJECT_OFFSET));
        program.put((byte) 0).put((byte) 0).putShort((short) port);
    }

    private static Bound parse(Protocol protocol, Family family, NetlinkMessage message) throws EngineException {
        message.requireHeader(INODE_OFFSET + Integer.BYTES);
        ByteBuffer answer = message.payload();
        byte[] address = new byte[family == Family.IPV4 ? 4 : 16];
        answer.get(ADDRESS_OFFSET, address);
        int port = Short.toUnsignedInt(
                answer.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(PORT_OFFSET));
        return new Bound(
                protocol,
                Addresses.unmapped(Addresses.of(address)),
                port,
                Integer.toUnsignedLong(answer.getInt(INODE_OFFSET)));
    }

    @Override
    public void close() {
        socket.close();
    }
}
