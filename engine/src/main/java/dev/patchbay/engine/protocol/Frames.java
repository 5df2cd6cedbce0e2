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

/// Reads and writes frames on a blocking channel: four bytes of length, most significant first, then
/// that many bytes of UTF-8 JSON.
///
/// The length is checked against its limit before memory is allocated. One thread may read while another
/// one writes; further sharing needs a lock.
public final class Frames {
    /// Maximum length of a request in bytes, without the length field.
    public static final int MAX_REQUEST = 1 << 20;

    /// Maximum length of a reply or event in bytes, without the length field.
    public static final int MAX_REPLY = Json.MAX_DOCUMENT;

    /// The buffer for a request before any of it has arrived; it then grows with the bytes that arrive.
    static final int INITIAL_BUFFER = 8 << 10;

    private static final int MAX_REASON = 200;
    private static final Pattern CLASS_NAME = Pattern.compile("`?dev\\.patchbay[\\w.$]*[.$](\\w+)`?");

    private Frames() {}

    /// Limits the memory for requests; asked before a buffer grows beyond its initial size.
    public interface MemoryBudget {
        /// @throws ProtocolException when there is no memory left; the request is then not read
        void reserve(int bytes) throws ProtocolException;
    }

    /// @throws ProtocolException when the request is too long; nothing was sent then
    public static void writeRequest(WritableByteChannel channel, RequestFrame frame) throws IOException {
        write(channel, frame, MAX_REQUEST);
    }

    /// The next request; null when the stream ended between two frames. Memory is allocated for the
    /// bytes that have arrived, not for the announced length.
    ///
    /// @throws ProtocolException when the bytes are not one complete, known, allowed frame
    public static @Nullable RequestFrame readRequest(ReadableByteChannel channel, MemoryBudget room)
            throws IOException {
        return read(channel, RequestFrame.class, MAX_REQUEST, INITIAL_BUFFER, room);
    }

    /// @throws ProtocolException when the frame is too long; nothing was sent then
    public static void writeServerFrame(WritableByteChannel channel, ServerFrame frame) throws IOException {
        write(channel, frame, MAX_REPLY);
    }

    /// The next reply or event; null when the stream ended between two frames.
    ///
    /// @throws ProtocolException when the bytes are not one complete, known, allowed frame
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
            // Every failure of the parser or of a record's constructor is caused by the sender.
            throw new ProtocolException("not a frame: " + reason(e), e);
        }
        if (frame == null) {
            throw new ProtocolException("not a frame: null");
        }
        return frame;
    }

    /// The JSON parser also accepts other encodings, which it recognizes by zero bytes. UTF-8 JSON has
    /// none.
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

    /// The exception's message quotes what was sent, so only its beginning is kept, as plain ASCII.
    private static String reason(Exception e) {
        String words = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return EngineException.printable(
                CLASS_NAME.matcher(String.valueOf(words)).replaceAll("$1"), MAX_REASON);
    }

    /// The number of bytes read before the buffer was full or the stream ended.
    private static int readFully(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        return buffer.position();
    }
}
