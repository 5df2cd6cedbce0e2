package dev.patchbay.core;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.WatchLoop;
import dev.patchbay.engine.protocol.Request;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the host again after every event, on a thread and a connection of its own. Events that come while it reads
/// are one more reading together. After an unchecked exception everything is read anew; when that keeps failing, the
/// host
/// is reported as lost.
final class Watch implements AutoCloseable, WatchLoop.Rounds {
    private static final String STEP = "watch the host";

    /// So many readings in a row that end in an unchecked exception lose the host.
    private static final int ATTEMPTS = 3;

    private final HelperLink link;
    private final Mirror mirror;
    private final Consumer<Mirror.Picture> changed;
    private final Consumer<EngineException> lost;
    private final Semaphore events = new Semaphore(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable EngineException gone;

    private Watch(
            HelperLink link,
            Mirror.Knowledge knowledge,
            Consumer<Mirror.Picture> changed,
            Consumer<EngineException> lost) {
        this.link = link;
        this.mirror = new Mirror(link, knowledge);
        this.changed = changed;
        this.lost = lost;
    }

    static Watch start(
            HelperLink link,
            Mirror.Knowledge knowledge,
            Consumer<Mirror.Picture> changed,
            Consumer<EngineException> lost)
            throws EngineException {
        Watch watch = new Watch(link, knowledge, changed, lost);
        try {
            Mirror.granted(link.call(new Request.Hello()), "greet the helper");
            // Subscribed before the first reading, so that nothing can happen unseen between the two.
            link.subscribe(_ -> watch.events.release(), watch::lose);
        } catch (EngineException e) {
            link.close();
            throw e;
        }
        Thread.ofVirtual().name("watch").start(() -> WatchLoop.run(STEP, watch));
        return watch;
    }

    /// After this no reading begins; one that is under way may still reach the listener.
    @Override
    public void close() {
        over.set(true);
        events.release();
        link.close();
    }

    private void lose(EngineException reason) {
        gone = reason;
        events.release();
    }

    @Override
    public boolean round() throws EngineException, InterruptedException {
        events.acquire();
        events.drainPermits();
        EngineException reason = gone;
        if (reason != null) {
            throw reason;
        }
        if (over.get()) {
            return false;
        }
        changed.accept(mirror.picture());
        return true;
    }

    @Override
    public boolean failed(Exception reason, int inARow) {
        if (reason instanceof EngineException failure) {
            report(failure);
        } else if (inARow == ATTEMPTS) {
            report(EngineException.unexpected(STEP, reason));
        } else {
            mirror.forget();
            events.release();
        }
        return !over.get();
    }

    @Override
    public void ended(Error reason) {
        report(EngineException.unexpected(STEP, reason));
    }

    private void report(EngineException reason) {
        if (over.compareAndSet(false, true)) {
            link.close();
            lost.accept(reason);
        }
    }
}
