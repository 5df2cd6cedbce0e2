package dev.patchbay.app.task;

import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs each call on a virtual thread of its own, and delivers results on the given executor, which has
/// one thread.
public final class BackgroundTasks implements Tasks, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackgroundTasks.class.getName());

    private final Executor resultExecutor;
    /// Work that is scheduled after close() is dropped: the timers of a closed window have no use.
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pauses").factory(), new ThreadPoolExecutor.DiscardPolicy());

    public BackgroundTasks(Executor delivery) {
        this.resultExecutor = delivery;
    }

    @Override
    public <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed) {
        Thread.ofVirtual().name("call").start(() -> {
            try {
                T result = call.run();
                deliver(() -> done.accept(result));
            } catch (EngineException e) {
                deliver(() -> failed.accept(e));
            } catch (Throwable e) {
                // A defect, or no memory left. The caller waits for this result, so it must get the
                // failure.
                LOG.log(System.Logger.Level.WARNING, "a background task failed", e);
                deliver(() -> failed.accept(new EngineException("call the engine", String.valueOf(e), e)));
            }
        });
    }

    @Override
    public void deliver(Runnable work) {
        resultExecutor.execute(work);
    }

    @Override
    public ScheduledTask schedule(Duration pause, Runnable work) {
        ScheduledFuture<?> future = scheduler.schedule(() -> deliver(work), pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
