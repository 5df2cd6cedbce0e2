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

/// Each call on a virtual thread of its own; results on the given executor, which has one thread.
public final class BackgroundTasks implements Tasks, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackgroundTasks.class.getName());

    private final Executor resultExecutor;
    /// What is asked for after the end is left undone: a window that closes has timers that nobody waits for.
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
                // A defect, or no memory left: either way somebody waits for this call and has to hear of it.
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
