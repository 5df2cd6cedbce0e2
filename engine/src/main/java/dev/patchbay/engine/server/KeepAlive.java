package dev.patchbay.engine.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends a client regular keep-alives while the helper works. It has threads of its own, and they are
/// platform threads, since a system call that waits blocks the carrier of its virtual thread.
final class KeepAlive implements AutoCloseable {
    /// Well below the shortest silence after which a client considers the helper unresponsive.
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final ScheduledExecutorService TIMER = clock();
    private static final Executor SENDERS = Executors.newCachedThreadPool(threads("keep-alive"));

    private final Runnable send;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Future<?> ticks;

    private KeepAlive(Runnable send) {
        this.send = send;
        this.ticks = TIMER.scheduleWithFixedDelay(
                this::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Calls `send` once a second until this is closed. `send` may block when the client does not read,
    /// and is then not called again meanwhile.
    static KeepAlive start(Runnable send) {
        return new KeepAlive(send);
    }

    private void tick() {
        if (!sending.getAndSet(true)) {
            SENDERS.execute(() -> {
                try {
                    send.run();
                } finally {
                    sending.set(false);
                }
            });
        }
    }

    @Override
    public void close() {
        ticks.cancel(false);
    }

    private static ScheduledExecutorService clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, threads("keep-alive-clock"));
        // Nearly every request is answered before its first tick.
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
