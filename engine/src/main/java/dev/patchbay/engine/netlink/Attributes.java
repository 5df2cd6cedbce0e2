package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attributes of a message or of a nested attribute (struct nlattr in linux/netlink.h), by type.
///
/// Parsing is strict: truncated data or a wrong length is an [EngineException].
public final class Attributes {
    private static final int HEADER = 4;
    /// Without the flag bits for nesting and byte order.
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, ByteBuffer> byType;

    private Attributes(Map<Integer, ByteBuffer> byType) {
        this.byType = byType;
    }

    static Attributes read(ByteBuffer bytes) throws EngineException {
        ByteBuffer in = bytes.slice().order(ByteOrder.nativeOrder());
        Map<Integer, ByteBuffer> byType = new HashMap<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int length = in.remaining() < HEADER ? 0 : Short.toUnsignedInt(in.getShort(start));
            if (length < HEADER || length > in.remaining()) {
                throw malformed("an attribute is cut short");
            }
            int type = Short.toUnsignedInt(in.getShort(start + 2)) & TYPE_MASK;
            byType.put(type, in.slice(start + HEADER, length - HEADER));
            in.position(Math.min(in.limit(), start + NetlinkMessage.align(length)));
        }
        return new Attributes(byType);
    }

    public boolean has(int type) {
        return byType.containsKey(type);
    }

    /// @return null when it is missing
    public byte @Nullable [] bytes(int type) {
        ByteBuffer value = byType.get(type);
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }

    /// @return 0 when it is missing
    int u32(int type) throws EngineException {
        ByteBuffer value = byType.get(type);
        if (value == null) {
            return 0;
        }
        if (value.remaining() < Integer.BYTES) {
            throw malformed("attribute " + type + " is no 32-bit number");
        }
        return value.slice().order(ByteOrder.nativeOrder()).getInt();
    }

    /// Text up to its NUL; empty when it is missing.
    public String string(int type) {
        byte[] bytes = bytes(type);
        if (bytes == null) {
            return "";
        }
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// @return without attributes when it is missing
    public Attributes nested(int type) throws EngineException {
        ByteBuffer value = byType.get(type);
        return value == null ? new Attributes(Map.of()) : read(value);
    }

    /// A view of the value in the kernel's byte order; empty when it is missing.
    public ByteBuffer raw(int type) {
        ByteBuffer value = byType.get(type);
        return (value == null ? ByteBuffer.allocate(0) : value.slice()).order(ByteOrder.nativeOrder());
    }

    public static EngineException malformed(String what) {
        return new EngineException(NetlinkMessage.READ_STEP, what);
    }
}
