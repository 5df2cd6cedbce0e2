package dev.patchbay.core.docker.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// A container's log: without a terminal, both streams come as frames, each behind a header of eight bytes (Docker's
/// `stdcopy`). It is copied as it comes, whatever its length.
final class LogFrameReader {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int STDERR = 2;
    private static final int BUFFER = 1 << 16;

    private final InputStream log;
    private final byte[] buffer = new byte[BUFFER];

    LogFrameReader(InputStream log) {
        this.log = log;
    }

    /// Of a container with a terminal: it has one stream, and no frames.
    void copyPlain(OutputStream out) throws IOException {
        for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    void copy(OutputStream out, OutputStream err) throws IOException {
        while (log.readNBytes(buffer, 0, HEADER) == HEADER) {
            OutputStream to = buffer[0] == STDERR ? err : out;
            long left = Integer.toUnsignedLong(
                    ByteBuffer.wrap(buffer, LENGTH_AT, Integer.BYTES).getInt());
            while (left > 0) {
                int count = log.read(buffer, 0, (int) Math.min(left, BUFFER));
                if (count < 0) {
                    throw new EOFException("the log ends within a line");
                }
                to.write(buffer, 0, count);
                left -= count;
            }
            to.flush();
        }
    }
}
