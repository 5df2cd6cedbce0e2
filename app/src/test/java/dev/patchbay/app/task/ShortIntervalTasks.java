package dev.patchbay.app.task;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.function.Consumer;

/// Tasks whose seconds between samples are short, for pictures of an hour's traffic.
public final class ShortIntervalTasks implements Tasks {
    private static final int HASTE = 200;

    private final Tasks tasks;

    public ShortIntervalTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed) {
        tasks.run(call, done, failed);
    }

    @Override
    public void deliver(Runnable work) {
        tasks.deliver(work);
    }

    @Override
    public ScheduledTask schedule(Duration pause, Runnable work) {
        return tasks.schedule(pause.equals(CountersViewModel.INTERVAL) ? pause.dividedBy(HASTE) : pause, work);
    }
}
