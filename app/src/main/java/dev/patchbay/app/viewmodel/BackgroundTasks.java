package dev.patchbay.app.viewmodel;

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
    private final Executor delivery;
    /// What is asked for after the end is left undone: a window that closes has timers that nobody waits for.
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pauses").factory(), new ThreadPoolExecutor.DiscardPolicy());

    public BackgroundTasks(Executor delivery) {
        this.delivery = delivery;
    }

    @Override
    public <T> void run(Call<T> call, Consumer<T> done, Consumer<EngineException> failed) {
        Thread.ofVirtual().name("call").start(() -> {
            try {
                T result = call.run();
                deliver(() -> done.accept(result));
            } catch (EngineException e) {
                deliver(() -> failed.accept(e));
            } catch (RuntimeException e) {
                // A defect, yet the window has to hear of it: whoever waits for this call would wait for ever.
                deliver(() -> failed.accept(new EngineException("call the engine", String.valueOf(e), e)));
            }
        });
    }

    @Override
    public void deliver(Runnable work) {
        delivery.execute(work);
    }

    @Override
    public Pause after(Duration pause, Runnable work) {
        ScheduledFuture<?> future = clock.schedule(() -> deliver(work), pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
