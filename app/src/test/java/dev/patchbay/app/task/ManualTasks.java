package dev.patchbay.app.task;

import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everything on the calling thread; pauses end when the test says so.
public final class ManualTasks implements Tasks {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed) {
        T result;
        try {
            result = call.run();
        } catch (EngineException e) {
            failed.accept(e);
            return;
        }
        done.accept(result);
    }

    @Override
    public void deliver(Runnable work) {
        work.run();
    }

    @Override
    public ScheduledTask schedule(Duration pause, Runnable work) {
        waiting.add(work);
        pauses.add(pause);
        return () -> waiting.remove(work);
    }

    /// Ends every pause that has begun.
    public void runScheduled() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }

    /// Every pause that was asked for, in order.
    public List<Duration> pauses() {
        return pauses;
    }
}
