package dev.patchbay.core.lab;

import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Copies what a sandbox's command wrote, part by part.
final class SandboxLogReader {
    private static final long POLL_MILLIS = 100;
    private static final long TAIL_BYTES = Reply.LogChunk.MAX_BYTES;

    /// One sandbox, as the helper answers for it.
    interface Source {
        /// @param from the first byte; counted from the end when negative
        Reply.LogChunk read(long from) throws EngineException, RefusedException;

        boolean isRunning() throws EngineException, RefusedException;
    }

    private final Source source;
    private final OutputStream out;
    private long position;

    SandboxLogReader(Source source, OutputStream out) {
        this.source = source;
        this.out = out;
    }

    void copy(LogQuery query) throws EngineException, RefusedException, IOException {
        if (query.lines() >= 0) {
            copyTail(query.lines());
        } else {
            copyNew();
        }
        try {
            while (query.follow()) {
                boolean runs = source.isRunning();
                copyNew();
                if (!runs) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (RefusedException gone) {
            // One that is gone with its log has said all it had.
            if (position == 0) {
                throw gone;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copyNew() throws EngineException, RefusedException, IOException {
        while (true) {
            Reply.LogChunk part = source.read(position);
            byte[] bytes = Base64.getDecoder().decode(part.base64());
            if (bytes.length == 0) {
                return;
            }
            out.write(bytes);
            out.flush();
            position = part.end();
        }
    }

    private void copyTail(int lines) throws EngineException, RefusedException, IOException {
        Reply.LogChunk part = source.read(-TAIL_BYTES);
        byte[] bytes = Base64.getDecoder().decode(part.base64());
        int start = bytes.length;
        int left = lines;
        // The last line end belongs to the last line.
        while (start > 0 && (start == bytes.length || bytes[start - 1] != '\n' || --left > 0)) {
            start--;
        }
        int from = lines == 0 ? bytes.length : start;
        out.write(bytes, from, bytes.length - from);
        out.flush();
        position = part.end();
    }
}
