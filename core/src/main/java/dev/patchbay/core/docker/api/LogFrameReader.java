package dev.patchbay.core.docker.api;

import dev.patchbay.engine.EngineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// Copies a container's log. Without a terminal both streams arrive as frames with a header of eight
/// bytes (Docker's `stdcopy`). A log that cannot be read is an [EngineException], and an output that
/// cannot be written is an [IOException].
///
/// docker-java's reader misreads a line of the engine, as `Error grabbing logs`, as a log without
/// frames, and does not report a log that ends within a frame (decision 0012).
final class LogFrameReader {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int STDERR = 2;
    private static final int BUFFER = 1 << 16;

    private final InputStream log;
    private final Function<Exception, EngineException> failure;
    private final byte[] buffer = new byte[BUFFER];

    LogFrameReader(InputStream log, Function<Exception, EngineException> failure) {
        this.log = log;
        this.failure = failure;
    }

    /// The log of a container with a terminal: one stream, without frames.
    void copyPlain(OutputStream out) throws EngineException, IOException {
        for (int count = read(0, BUFFER); count >= 0; count = read(0, BUFFER)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    void copy(OutputStream out, OutputStream err) throws EngineException, IOException {
        while (readHeader()) {
            OutputStream to = buffer[0] == STDERR ? err : out;
            long left = Integer.toUnsignedLong(
                    ByteBuffer.wrap(buffer, LENGTH_AT, Integer.BYTES).getInt());
            while (left > 0) {
                int count = read(0, (int) Math.min(left, BUFFER));
                if (count < 0) {
                    throw failure.apply(new EOFException("the log ends within a line"));
                }
                to.write(buffer, 0, count);
                left -= count;
            }
            to.flush();
        }
    }

    /// False at the end of the log.
    private boolean readHeader() throws EngineException {
        int have = 0;
        int count = 0;
        while (have < HEADER && count >= 0) {
            count = read(have, HEADER - have);
            have += Math.max(count, 0);
        }
        if (have > 0 && have < HEADER) {
            throw failure.apply(new EOFException("the log ends before a line"));
        }
        return have == HEADER;
    }

    private int read(int offset, int length) throws EngineException {
        try {
            return log.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw failure.apply(e);
        }
    }
}
