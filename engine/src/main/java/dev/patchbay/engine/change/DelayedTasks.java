package dev.patchbay.engine.change;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs tasks after a delay, each on a thread of its own, while the helper runs.
final class DelayedTasks {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("clock").daemon().factory());

    void schedule(Duration pause, String name, Runnable work) {
        executor.schedule(() -> Thread.ofVirtual().name(name).start(work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
