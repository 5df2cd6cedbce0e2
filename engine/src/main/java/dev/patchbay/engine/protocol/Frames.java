package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Frames on a blocking channel: four bytes of length, most significant first, then that much UTF-8 JSON.
///
/// A length is checked against its cap before a byte is allocated for it. One thread reads and one writes at a time;
/// who shares a channel does the locking.
public final class Frames {
    /// The longest request, in bytes without its length.
    public static final int MAX_REQUEST = 1 << 20;

    /// The longest answer or event, in bytes without its length.
    public static final int MAX_REPLY = Json.MAX_DOCUMENT;

    /// So much is allocated for a request before any of it has come; then as much again as came.
    static final int INITIAL_BUFFER = 8 << 10;

    private static final int MAX_REASON = 200;
    private static final Pattern CLASS_NAME = Pattern.compile("`?dev\\.patchbay[\\w.$]*[.$](\\w+)`?");

    private Frames() {}

    /// Asked before more memory than for a first piece is used for a request.
    public interface MemoryBudget {
        /// @throws ProtocolException when there is none; the request is not read then
        void reserve(int bytes) throws ProtocolException;
    }

    /// @throws ProtocolException when the request is too long; nothing was sent then
    public static void writeRequest(WritableByteChannel channel, RequestFrame frame) throws IOException {
        write(channel, frame, MAX_REQUEST);
    }

    /// The next request; null when the stream ended between two frames. Its memory follows what has arrived, whatever
    /// length was announced.
    ///
    /// @throws ProtocolException when what arrives is not one whole, known, allowed frame
    public static @Nullable RequestFrame readRequest(ReadableByteChannel channel, MemoryBudget room)
            throws IOException {
        return read(channel, RequestFrame.class, MAX_REQUEST, INITIAL_BUFFER, room);
    }

    /// @throws ProtocolException when the frame is too long; nothing was sent then
    public static void writeServerFrame(WritableByteChannel channel, ServerFrame frame) throws IOException {
        write(channel, frame, MAX_REPLY);
    }

    /// The next answer or event; null when the stream ended between two frames.
    ///
    /// @throws ProtocolException when what arrives is not one whole, known, allowed frame
    public static @Nullable ServerFrame readServerFrame(ReadableByteChannel channel) throws IOException {
        return read(channel, ServerFrame.class, MAX_REPLY, MAX_REPLY, _ -> {});
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

    private static <T> @Nullable T read(
            ReadableByteChannel channel, Class<T> type, int cap, int first, MemoryBudget room) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        int got = readFully(channel, head);
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
        ByteBuffer json = ByteBuffer.allocate(Math.min(length, first));
        while (readFully(channel, json) < length) {
            if (json.hasRemaining()) {
                throw new ProtocolException("the stream ended inside a frame");
            }
            int next = Math.min(length, 2 * json.capacity());
            room.reserve(next - json.capacity());
            json = ByteBuffer.allocate(next).put(json.flip());
        }
        return parse(json.array(), type);
    }

    private static <T> T parse(byte[] json, Class<T> type) throws ProtocolException {
        T frame;
        try {
            requireUtf8(json);
            frame = Json.MAPPER.readValue(json, type);
        } catch (CharacterCodingException e) {
            throw new ProtocolException("not a frame: it is not UTF-8", e);
        } catch (IOException | RuntimeException e) {
            // Whatever the reader or a record's constructor objects to, it is the sender's doing.
            throw new ProtocolException("not a frame: " + reason(e), e);
        }
        if (frame == null) {
            throw new ProtocolException("not a frame: null");
        }
        return frame;
    }

    /// The reader of JSON takes other encodings, too. It knows them by their zeros, which JSON has none of.
    private static void requireUtf8(byte[] text) throws CharacterCodingException {
        for (byte b : text) {
            if (b == 0) {
                throw new CharacterCodingException();
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(INITIAL_BUFFER);
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
            if (result.isError()) {
                result.throwException();
            }
        } while (result.isOverflow());
    }

    /// Holds parts of what was sent: the beginning as plain ASCII.
    private static String reason(Exception e) {
        String words = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return EngineException.printable(
                CLASS_NAME.matcher(String.valueOf(words)).replaceAll("$1"), MAX_REASON);
    }

    /// The number of bytes that arrived before the buffer was full or the stream ended.
    private static int readFully(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        return buffer.position();
    }
}
