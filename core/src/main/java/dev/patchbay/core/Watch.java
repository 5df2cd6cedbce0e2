package dev.patchbay.core;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Request;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the host again after every event, on a thread and a connection of its own. Events that come while it reads
/// are one more reading together.
final class Watch implements AutoCloseable {
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
        Thread.ofVirtual().name("watch").start(watch::run);
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

    private void run() {
        try {
            while (!over.get()) {
                events.acquire();
                events.drainPermits();
                EngineException reason = gone;
                if (reason != null) {
                    throw reason;
                }
                if (!over.get()) {
                    changed.accept(mirror.picture());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EngineException e) {
            if (over.compareAndSet(false, true)) {
                link.close();
                lost.accept(e);
            }
        }
    }
}
