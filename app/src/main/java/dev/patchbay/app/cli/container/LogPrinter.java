package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.core.UnknownObject;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Prints what a container's command writes, as far as it is kept.
final class LogPrinter {
    private static final long PAUSE_MILLIS = 100;
    private static final long TAIL_BYTES = Reply.Output.MOST;

    private final Session session;
    private final String container;
    private long end;

    LogPrinter(Session session, String container) {
        this.session = session;
        this.container = container;
    }

    /// Whether anything was printed.
    boolean hasPrinted() {
        return end > 0;
    }

    /// Prints what came since the last time.
    void printNew() throws EngineException, UnknownObject {
        while (true) {
            Reply.Output part = session.host().log(container, end);
            byte[] bytes = Base64.getDecoder().decode(part.base64());
            if (bytes.length == 0) {
                return;
            }
            write(bytes, 0);
            end = part.end();
        }
    }

    /// Prints the last lines of what is there.
    void printTail(int lines) throws EngineException, UnknownObject {
        Reply.Output part = session.host().log(container, -TAIL_BYTES);
        byte[] bytes = Base64.getDecoder().decode(part.base64());
        int start = bytes.length;
        int left = lines;
        // The last line end belongs to the last line.
        while (start > 0 && (start == bytes.length || bytes[start - 1] != '\n' || --left > 0)) {
            start--;
        }
        write(bytes, lines == 0 ? bytes.length : start);
        end = part.end();
    }

    /// Prints on until the container stops.
    void follow() throws EngineException, UnknownObject, InterruptedException {
        while (true) {
            boolean runs = session.host()
                    .inspectContainer(container)
                    .at("/State/Running")
                    .asBoolean();
            printNew();
            if (!runs) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private void write(byte[] bytes, int from) {
        session.rawOut().print(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        session.rawOut().flush();
    }
}
