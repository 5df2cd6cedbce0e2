package dev.patchbay.app.task;

import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.function.Consumer;

/// Runs blocking calls, and delivers their results on one thread.
public interface Tasks {

    /// Runs the call on another thread, and delivers its result or its failure.
    <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed);

    /// Runs on the delivering thread, after all work that was delivered before.
    void deliver(Runnable work);

    /// Delivers the work after a pause, unless it is cancelled before. Must be called on the delivering
    /// thread.
    ScheduledTask schedule(Duration pause, Runnable work);

    /// A call to a host.
    @FunctionalInterface
    interface Call<T> {
        T run() throws EngineException;
    }

    /// Scheduled work that has not run yet.
    @FunctionalInterface
    interface ScheduledTask {
        void cancel();
    }
}
