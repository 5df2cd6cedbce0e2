package dev.patchbay.core.docker.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Detects a silent engine while a request waits for it. Each byte of the engine is a sign of life.
/// Without bytes, for example during a stop or a pull, it sends pings (`/_ping`) on a connection of its
/// own. Thread-safe.
final class Liveness implements AutoCloseable {
    /// Number of pings within the limit.
    private static final int PINGS = 3;

    /// Sends a ping to the engine, and waits for the answer.
    @FunctionalInterface
    interface Ping {
        void ping() throws Exception;
    }

    private final long limit;
    private final Ping ping;
    private final Runnable silent;
    private volatile long lastActivity = System.nanoTime();
    private int waiting;
    private boolean pinging;
    private boolean closed;
    private @Nullable Thread thread;

    /// @param limit of silence
    /// @param silent called once when the limit is exceeded
    Liveness(Duration limit, Ping ping, Runnable silent) {
        this.limit = limit.toNanos();
        this.ping = ping;
        this.silent = silent;
    }

    /// A request waits for the engine from now on, until [#endWait].
    synchronized void beginWait() {
        if (waiting++ == 0) {
            lastActivity = System.nanoTime();
        }
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().daemon().name("docker-liveness").start(this::watch);
        } else {
            notifyAll();
        }
    }

    synchronized void endWait() {
        waiting--;
    }

    void noteActivity() {
        lastActivity = System.nanoTime();
    }

    private void watch() {
        try {
            while (check()) {
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when the engine is silent, or no request waits any more.
    private boolean check() {
        synchronized (this) {
            long silence = System.nanoTime() - lastActivity;
            if (closed || waiting == 0 || silence < limit / PINGS) {
                return !closed;
            }
            if (silence < limit) {
                if (!pinging) {
                    pinging = true;
                    Thread.ofVirtual().name("docker-ping").start(this::sendPing);
                }
                return true;
            }
            closed = true;
        }
        silent.run();
        return false;
    }

    private synchronized void pause() throws InterruptedException {
        long step = limit / PINGS / 2;
        while (waiting == 0 && !closed) {
            wait();
        }
        long before = System.nanoTime();
        TimeUnit.NANOSECONDS.timedWait(this, step);
        if (System.nanoTime() - before > limit / 2) {
            // This process was stopped itself, or had no CPU time.
            noteActivity();
        }
    }

    private void sendPing() {
        try {
            ping.ping();
            noteActivity();
        } catch (Exception e) {
            // A request to an engine that has ended gets the failure from its own connection.
            System.getLogger(Liveness.class.getName())
                    .log(System.Logger.Level.DEBUG, "the engine gave no sign of life", e);
        } finally {
            synchronized (this) {
                pinging = false;
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
