package dev.patchbay.engine.server;

import java.lang.System.Logger.Level;
import java.time.Duration;

/// Logs rejected connections at a limited rate, because any local user can cause them and fill the disk.
/// Used by one thread.
final class RejectionLog {
    private static final System.Logger LOG = System.getLogger(RejectionLog.class.getName());
    private static final long LOG_INTERVAL = Duration.ofMinutes(1).toNanos();

    private long count;
    private long logged;
    private boolean loggedBefore;

    void add(String reason) {
        count++;
        long now = System.nanoTime();
        if (!loggedBefore || now - logged >= LOG_INTERVAL) {
            LOG.log(
                    Level.WARNING,
                    "{0} connections were refused since the last such line; this one: {1}",
                    count,
                    reason);
            loggedBefore = true;
            logged = now;
            count = 0;
        }
    }
}
