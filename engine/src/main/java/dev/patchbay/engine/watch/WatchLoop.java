package dev.patchbay.engine.watch;

import java.lang.System.Logger.Level;
import java.time.Duration;

/// The loop of every thread that watches something: no exception ends it silently.
///
/// After a round that fails the loop tells [Task#onFailure], waits, and runs the next round, which reads everything
/// anew. Failures in a row are logged once. Each waits twice as long as the one before, up to [#MAX_BACKOFF].
///
/// An [Error] ends the loop after [Task#onError]: the thread's handler of uncaught exceptions gets it, and decides
/// about the process.
public final class WatchLoop {
    private static final System.Logger LOG = System.getLogger(WatchLoop.class.getName());
    private static final Duration MIN_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    /// What is done on the watching thread, one call after the other.
    public interface Task {
        /// Waits for something to happen, and deals with it.
        ///
        /// @return false to end the loop, because its owner was closed
        boolean runOnce() throws Exception;

        /// A round failed. The next one must trust nothing that was read before.
        ///
        /// @param inARow how many rounds have failed since the last good one; 1 for the first
        /// @return false to end the loop: whoever says so has reported that nothing is watched any more
        boolean onFailure(Exception reason, int inARow);

        /// A round was good again after others had failed.
        default void onRecovery() {}

        /// The loop ends for good by an error that is no exception.
        default void onError(Error reason) {}
    }

    private WatchLoop() {}

    /// Runs the loop on the calling thread until it ends. An interrupt ends it, too.
    ///
    /// @param name of what is watched, for the log
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
