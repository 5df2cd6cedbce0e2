package dev.patchbay.app.task;

import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.function.Consumer;

/// Where blocking calls run, and the one thread on which their results arrive.
public interface Tasks {

    /// Runs the call elsewhere and hands over its result, or its failure, on the delivering thread.
    <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed);

    /// Runs on the delivering thread, after all that was given before.
    void deliver(Runnable work);

    /// Delivers after a pause, unless cancelled before; must be called on the delivering thread.
    ScheduledTask schedule(Duration pause, Runnable work);

    /// A call to a host.
    @FunctionalInterface
    interface Call<T> {
        T run() throws EngineException;
    }

    /// A delivery that has not happened yet.
    @FunctionalInterface
    interface ScheduledTask {
        void cancel();
    }
}
