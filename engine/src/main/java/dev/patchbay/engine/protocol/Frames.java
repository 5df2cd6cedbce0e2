package dev.patchbay.engine.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// Frames on a blocking channel: four bytes of length, most significant first, then that much UTF-8 JSON.
///
/// A length is checked against its cap before a byte is allocated for it. One thread reads and one writes at a time;
/// who
/// shares a channel does the locking.
public final class Frames {
    /// The longest request, in bytes without its length.
    public static final int MAX_REQUEST = 1 << 20;

    /// The longest answer or event, in bytes without its length.
    public static final int MAX_REPLY = 64 << 20;

    private Frames() {}

    /// @throws ProtocolException when the request is too long; nothing was sent then
    public static void writeRequest(WritableByteChannel channel, RequestFrame frame) throws IOException {
        write(channel, frame, MAX_REQUEST);
    }

    /// The next request; null when the stream ended between two frames.
    ///
    /// @throws ProtocolException when what arrives is not one whole, known, allowed frame
    public static @Nullable RequestFrame readRequest(ReadableByteChannel channel) throws IOException {
        return read(channel, RequestFrame.class, MAX_REQUEST);
    }

    /// @throws ProtocolException when the frame is too long; nothing was sent then
    public static void writeServerFrame(WritableByteChannel channel, ServerFrame frame) throws IOException {
        write(channel, frame, MAX_REPLY);
    }

    /// The next answer or event; null when the stream ended between two frames.
    ///
    /// @throws ProtocolException when what arrives is not one whole, known, allowed frame
    public static @Nullable ServerFrame readServerFrame(ReadableByteChannel channel) throws IOException {
        return read(channel, ServerFrame.class, MAX_REPLY);
    }

    private static void write(WritableByteChannel channel, Object frame, int cap) throws IOException {
        byte[] json = Json.MAPPER.writeValueAsBytes(frame);
        if (json.length > cap) {
            throw new ProtocolException("a frame of " + json.length + " bytes is longer than " + cap);
        }
        write(channel, ByteBuffer.allocate(Integer.BYTES).putInt(json.length).flip());
        write(channel, ByteBuffer.wrap(json));
    }

    private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static <T> @Nullable T read(ReadableByteChannel channel, Class<T> type, int cap) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        int got = fill(channel, head);
        if (got == 0) {
            return null;
        }
        if (got < Integer.BYTES) {
            throw new ProtocolException("the stream ended inside a frame's length");
        }
        int length = head.getInt(0);
        if (length < 1 || length > cap) {
            throw new ProtocolException(
                    "a frame of " + Integer.toUnsignedString(length) + " bytes; 1 to " + cap + " are allowed");
        }
        ByteBuffer json = ByteBuffer.allocate(length);
        if (fill(channel, json) < length) {
            throw new ProtocolException("the stream ended inside a frame");
        }
        return parse(json.array(), type);
    }

    private static <T> T parse(byte[] json, Class<T> type) throws ProtocolException {
        T frame;
        try {
            frame = Json.MAPPER.readValue(json, type);
        } catch (IOException | RuntimeException e) {
            // Whatever the reader or a record's constructor objects to, it is the sender's doing.
            throw new ProtocolException("not a frame: " + e.getClass().getSimpleName(), e);
        }
        if (frame == null) {
            throw new ProtocolException("not a frame: null");
        }
        return frame;
    }

    /// The number of bytes that arrived before the buffer was full or the stream ended.
    private static int fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        return buffer.position();
    }
}
