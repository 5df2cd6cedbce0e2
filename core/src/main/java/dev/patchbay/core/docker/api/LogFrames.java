package dev.patchbay.core.docker.api;

import dev.patchbay.engine.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// A container's log: without a terminal, both streams come as frames, each behind a header of eight bytes.
public final class LogFrames {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;

    private LogFrames() {}

    /// @param tty its log has no frames
    /// @param from the first byte of the log; counted from the end when negative
    public static Reply.Output part(byte[] said, boolean tty, long from) {
        byte[] log = tty ? said : joined(said);
        int start = Math.toIntExact(Math.clamp(from < 0 ? log.length + from : from, 0, log.length));
        int end = Math.min(log.length, start + Reply.Output.MOST);
        return new Reply.Output(Base64.getEncoder().encodeToString(Arrays.copyOfRange(log, start, end)), end);
    }

    private static byte[] joined(byte[] frames) {
        ByteArrayOutputStream log = new ByteArrayOutputStream(frames.length);
        int at = 0;
        while (at + HEADER <= frames.length) {
            int length = ByteBuffer.wrap(frames, at + LENGTH_AT, Integer.BYTES).getInt();
            int from = at + HEADER;
            int there = Math.clamp(length, 0, frames.length - from);
            log.write(frames, from, there);
            at = from + there;
        }
        return log.toByteArray();
    }
}
