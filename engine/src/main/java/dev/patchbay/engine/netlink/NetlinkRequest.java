package dev.patchbay.engine.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds a message: header, fixed part, attributes. The socket sets the sequence number.
public final class NetlinkRequest {
    static final int NLM_F_REQUEST = 1;
    static final int NLM_F_ACK = 4;
    public static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;

    /// Offsets in struct nlmsghdr.
    private static final int FLAGS_OFFSET = 6;

    private static final int NLA_F_NESTED = 0x8000;
    /// Longer than any request.
    private static final int CAPACITY = 4096;

    private final ByteBuffer out = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

    /// A request with an acknowledgement, after which all answers have arrived.
    public NetlinkRequest(int type, int flags) {
        out.putInt(0).putShort((short) type).putShort((short) (NLM_F_REQUEST | NLM_F_ACK | flags));
        out.putInt(0).putInt(0);
    }

    /// A request that is answered only when it fails, for a batch.
    public static NetlinkRequest withoutAck(int type, int flags) {
        NetlinkRequest request = new NetlinkRequest(type, flags);
        request.out.putShort(FLAGS_OFFSET, (short) (NLM_F_REQUEST | flags));
        return request;
    }

    public NetlinkRequest withAck() {
        out.putShort(FLAGS_OFFSET, (short) (out.getShort(FLAGS_OFFSET) | NLM_F_ACK));
        return this;
    }

    public NetlinkRequest u8(int value) {
        out.put((byte) value);
        return this;
    }

    public NetlinkRequest u16(int value) {
        out.putShort((short) value);
        return this;
    }

    public NetlinkRequest u32(int value) {
        out.putInt(value);
        return this;
    }

    /// struct nfgenmsg, which starts every request to a subsystem of netfilter.
    public NetlinkRequest nfgenmsg(int family, int resource) {
        // The resource is in network order.
        return u8(family).u8(0).u8(resource >> Byte.SIZE).u8(resource);
    }

    public NetlinkRequest zeros(int bytes) {
        out.put(new byte[bytes]);
        return this;
    }

    public NetlinkRequest attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return pad();
    }

    public NetlinkRequest attribute(int type, ByteBuffer value) {
        out.putShort((short) (4 + value.remaining())).putShort((short) type).put(value.slice());
        return pad();
    }

    public NetlinkRequest attribute(int type, int value) {
        out.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    public NetlinkRequest attribute(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) (4 + text.length + 1)).putShort((short) type);
        out.put(text).put((byte) 0);
        return pad();
    }

    /// An attribute whose value is what `content` writes.
    public NetlinkRequest nested(int type, Runnable content) {
        int start = out.position();
        out.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
        content.run();
        out.putShort(start, (short) (out.position() - start));
        return this;
    }

    /// The message with this sequence number; the request may be sent again.
    ByteBuffer withSequence(int sequence) {
        out.putInt(0, out.position()).putInt(8, sequence);
        return out.duplicate().flip();
    }

    private NetlinkRequest pad() {
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }
}
