package dev.patchbay.engine.watch;

import java.lang.System.Logger.Level;
import java.time.Duration;

/// The loop of every watching thread: no exception ends it silently.
///
/// After a failed round it calls [Task#onFailure], waits, and runs the next round, which reads
/// everything again. Consecutive failures are logged once. Each pause is twice as long as the previous
/// one, up to [#MAX_BACKOFF].
///
/// An [Error] ends the loop after [Task#onError]: the thread's handler of uncaught exceptions gets it,
/// and decides about the process.
public final class WatchLoop {
    private static final System.Logger LOG = System.getLogger(WatchLoop.class.getName());
    private static final Duration MIN_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    /// The work of the watching thread.
    public interface Task {
        /// Waits for an event, and handles it.
        ///
        /// @return false to end the loop, because its owner was closed
        boolean runOnce() throws Exception;

        /// A round failed. The next one must not use anything that was read before.
        ///
        /// @param inARow number of failed rounds since the last good one; 1 for the first
        /// @return false to end the loop; the task has then reported that nothing is watched any more
        boolean onFailure(Exception reason, int inARow);

        /// A round succeeded after failures.
        default void onRecovery() {}

        /// An [Error] ends the loop.
        default void onError(Error reason) {}
    }

    private WatchLoop() {}

    /// Runs the loop on the calling thread until it ends. An interrupt ends it as well.
    ///
    /// @param name of the watched object, for the log
    public static void run(String name, Task rounds) {
        int inARow = 0;
        try {
            while (true) {
                try {
                    if (!rounds.runOnce()) {
                        return;
                    }
                    if (inARow > 0) {
                        LOG.log(Level.INFO, "{0}: works again after {1} failures", name, inARow);
                        inARow = 0;
                        rounds.onRecovery();
                    }
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    inARow++;
                    LOG.log(inARow == 1 ? Level.ERROR : Level.DEBUG, name + ": failed and starts anew", e);
                    if (!shouldContinue(rounds, e, inARow)) {
                        return;
                    }
                    Thread.sleep(backoff(inARow));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            rounds.onError(e);
            throw e;
        }
    }

    private static boolean shouldContinue(Task rounds, Exception reason, int inARow) {
        try {
            return rounds.onFailure(reason, inARow);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the report of a failure failed", e);
            return true;
        }
    }

    private static Duration backoff(int inARow) {
        Duration pause = MIN_BACKOFF.multipliedBy(1L << Math.min(inARow - 1, 16));
        return pause.compareTo(MAX_BACKOFF) < 0 ? pause : MAX_BACKOFF;
    }
}
