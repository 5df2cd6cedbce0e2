package dev.patchbay.core.lab;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.watch.WatchLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the host again after every event, on a thread and a connection of its own. Events during a read
/// cause one further read. After an unchecked exception everything is read again; if that keeps failing,
/// the host is reported as lost. A silent helper is not asked until it answers again.
final class LabWatch implements AutoCloseable, WatchLoop.Task, HelperClient.Subscriber {
    private static final String STEP = "watch the host";

    /// Number of consecutive reads with an unchecked exception after which the host is lost.
    private static final int ATTEMPTS = 3;

    /// Together with the time after which a subscriber hears of silence less than ten seconds.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);

    private final HelperSession session;
    private final Listener listener;
    private final Semaphore events = new Semaphore(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean silent;
    private volatile @Nullable EngineException lostReason;

    /// Hears the changes of the host.
    ///
    /// @param responding called with false when the helper is silent, and with true when it answers
    ///     again; when null, a helper that stays silent counts as lost
    record Listener(
            Consumer<HelperSession.StateWithActivity> changed,
            @Nullable Consumer<Boolean> responding,
            Consumer<EngineException> lost) {}

    private LabWatch(HelperSession session, Listener listener) {
        this.session = session;
        this.listener = listener;
    }

    /// @param session of this watch alone
    static LabWatch start(HelperSession session, Listener listener) throws EngineException {
        LabWatch watch = new LabWatch(session, listener);
        // Subscribed before the first reading, so that nothing can happen unseen between the two.
        session.subscribe(watch);
        Thread.ofVirtual().name("watch").start(() -> WatchLoop.run(STEP, watch));
        return watch;
    }

    /// No read begins after this; a running one may still reach the listener.
    @Override
    public void close() {
        closed.set(true);
        events.release();
        session.close();
    }

    @Override
    public void onEvent(Event event) {
        events.release();
    }

    @Override
    public void onResponding(boolean answers) {
        silent = !answers;
        Consumer<Boolean> responding = listener.responding();
        if (responding != null && !closed.get()) {
            responding.accept(answers);
        }
        events.release();
    }

    @Override
    public void onDisconnected(EngineException reason) {
        lostReason = reason;
        events.release();
    }

    @Override
    public boolean runOnce() throws EngineException, InterruptedException {
        awaitEvent();
        EngineException reason = lostReason;
        if (reason != null) {
            throw reason;
        }
        if (closed.get()) {
            return false;
        }
        if (!silent) {
            listener.changed().accept(session.stateWithActivity());
        }
        return true;
    }

    private void awaitEvent() throws InterruptedException, EngineException {
        if (!silent || listener.responding() != null) {
            events.acquire();
        } else if (!events.tryAcquire(SILENCE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new EngineException(
                    "listen to the helper", "it does not answer", EngineException.Kind.NOT_RESPONDING, null);
        }
        events.drainPermits();
    }

    @Override
    public boolean onFailure(Exception reason, int inARow) {
        if (reason instanceof EngineException failure) {
            // A listener that tolerates silence hears the end of it, and then this reads again.
            if (failure.kind() != EngineException.Kind.NOT_RESPONDING || listener.responding() == null) {
                reportLost(failure);
            }
        } else if (inARow == ATTEMPTS) {
            reportLost(EngineException.unexpected(STEP, reason));
        } else {
            session.invalidate();
            events.release();
        }
        return !closed.get();
    }

    @Override
    public void onError(Error reason) {
        reportLost(EngineException.unexpected(STEP, reason));
    }

    private void reportLost(EngineException reason) {
        if (closed.compareAndSet(false, true)) {
            session.close();
            listener.lost().accept(reason);
        }
    }
}
