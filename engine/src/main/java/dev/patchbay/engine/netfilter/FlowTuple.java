package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// One direction of a UDP flow, as in ctnetlink (CTA_TUPLE_ORIG and CTA_TUPLE_REPLY of
/// linux/netfilter/nfnetlink_conntrack.h). Port numbers are in network order there, unlike those of
/// other netlink families.
public record FlowTuple(InetAddress source, InetAddress destination, int sourcePort, int destinationPort) {
    public static final int IPPROTO_UDP = 17;
    static final int CTA_TUPLE_PROTO = 2;
    static final int CTA_PROTO_NUM = 1;

    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_IP_V4_SRC = 1;
    private static final int CTA_IP_V6_SRC = 3;
    private static final int CTA_PROTO_SRC_PORT = 2;
    private static final int CTA_PROTO_DST_PORT = 3;

    static FlowTuple read(Attributes tuple) throws EngineException {
        Attributes addresses = tuple.nested(CTA_TUPLE_IP);
        int source = addresses.has(CTA_IP_V4_SRC) ? CTA_IP_V4_SRC : CTA_IP_V6_SRC;
        Attributes ports = tuple.nested(CTA_TUPLE_PROTO);
        return new FlowTuple(
                address(addresses.bytes(source)),
                address(addresses.bytes(source + 1)),
                port(ports.raw(CTA_PROTO_SRC_PORT)),
                port(ports.raw(CTA_PROTO_DST_PORT)));
    }

    void write(NetlinkRequest request) {
        int from = Family.of(source) == Family.IPV4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC;
        request.nested(
                        CTA_TUPLE_IP,
                        () -> request.attribute(from, source.getAddress())
                                .attribute(from + 1, destination.getAddress()))
                .nested(
                        CTA_TUPLE_PROTO,
                        () -> request.attribute(CTA_PROTO_NUM, new byte[] {IPPROTO_UDP})
                                .attribute(CTA_PROTO_SRC_PORT, bytes(sourcePort))
                                .attribute(CTA_PROTO_DST_PORT, bytes(destinationPort)));
    }

    FlowTuple reversed() {
        return new FlowTuple(destination, source, destinationPort, sourcePort);
    }

    private static byte[] bytes(int port) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) port).array();
    }

    private static InetAddress address(byte @Nullable [] bytes) throws EngineException {
        if (bytes == null || (bytes.length != 4 && bytes.length != 16)) {
            throw Attributes.malformed("a flow has no address");
        }
        return Addresses.of(bytes);
    }

    private static int port(ByteBuffer bytes) throws EngineException {
        if (bytes.remaining() < Short.BYTES) {
            throw Attributes.malformed("a flow has no port");
        }
        return Short.toUnsignedInt(bytes.order(ByteOrder.BIG_ENDIAN).getShort());
    }
}
