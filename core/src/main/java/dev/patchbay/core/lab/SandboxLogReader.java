package dev.patchbay.core.lab;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.status.SandboxStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Copies the output of a sandbox's command, part by part.
final class SandboxLogReader {
    private static final long POLL_MILLIS = 100;
    private static final long TAIL_BYTES = Reply.LogChunk.MAX_BYTES;

    private final HelperSession session;
    private final Id sandbox;
    private final OutputStream out;
    private long position;

    SandboxLogReader(HelperSession session, Id sandbox, OutputStream out) {
        this.session = session;
        this.sandbox = sandbox;
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
                boolean runs = isRunning();
                copyNew();
                if (!runs) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (RefusedException gone) {
            // A sandbox that was removed has no more output.
            if (position == 0) {
                throw gone;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() throws EngineException {
        SandboxStatus status = session.state().status(sandbox);
        return status != null && (status.running() || status.restarting());
    }

    private void copyNew() throws EngineException, RefusedException, IOException {
        while (true) {
            Reply.LogChunk part = session.log(sandbox, position);
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
        Reply.LogChunk part = session.log(sandbox, -TAIL_BYTES);
        byte[] bytes = Base64.getDecoder().decode(part.base64());
        int start = bytes.length;
        int left = lines;
        // The last line break belongs to the last line.
        while (start > 0 && (start == bytes.length || bytes[start - 1] != '\n' || --left > 0)) {
            start--;
        }
        int from = lines == 0 ? bytes.length : start;
        out.write(bytes, from, bytes.length - from);
        out.flush();
        position = part.end();
    }
}
