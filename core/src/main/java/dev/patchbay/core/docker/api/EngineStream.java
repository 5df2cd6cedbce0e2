package dev.patchbay.core.docker.api;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streamed answer of a docker-java command, which reads it on a thread of its own and passes on
/// each item. The first failure ends it, because docker-java reports the end after a failure. close() is
/// thread-safe.
public final class EngineStream<T> implements ResultCallback<T> {
    /// Gets an item, and may end the stream with a refusal.
    @FunctionalInterface
    public interface Receiver<T> {
        void accept(T item) throws RefusedException;
    }

    private final EngineHttpClient client;
    private final Receiver<T> receiver;
    private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile Closeable source = () -> {};

    private EngineStream(EngineHttpClient client, Receiver<T> receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    /// Waits until the engine has accepted the command.
    static <T> EngineStream<T> open(EngineHttpClient client, AsyncDockerCmd<?, T> command, Receiver<T> receiver)
            throws EngineException, RefusedException {
        EngineStream<T> stream = command.exec(new EngineStream<>(client, receiver));
        stream.await(stream.opened);
        return stream;
    }

    /// Waits for the end.
    void join() throws EngineException, RefusedException {
        await(ended);
    }

    /// @param ended called once with the reason; null when the engine has ended the stream
    public void whenEnded(Consumer<@Nullable Throwable> ended) {
        this.ended.whenComplete((_, reason) -> ended.accept(reason));
    }

    private void await(CompletableFuture<@Nullable Void> future) throws EngineException, RefusedException {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            EngineException interrupted = new EngineException("wait for the engine", "interrupted", e);
            fail(interrupted);
            close();
            throw interrupted;
        } catch (ExecutionException e) {
            Throwable reason = e.getCause();
            if (reason instanceof EngineException failure) {
                throw failure;
            }
            if (reason instanceof RefusedException refused) {
                throw refused;
            }
            if (reason instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (reason instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(reason);
        }
    }

    @Override
    public void onStart(Closeable source) {
        this.source = source;
        // docker-java's thread reports only exceptions, so after an Error the caller would wait forever.
        Thread.currentThread().setUncaughtExceptionHandler((_, error) -> fail(error));
        opened.complete(null);
        if (ended.isDone()) {
            close();
        }
    }

    @Override
    public void onNext(T item) {
        if (ended.isDone()) {
            return;
        }
        try {
            receiver.accept(item);
        } catch (Exception | Error e) {
            fail(e);
            close();
        }
    }

    @Override
    public void onError(Throwable reason) {
        Throwable cause = reason.getCause();
        fail(
                reason instanceof EngineHttpClient.CommandException && cause != null
                        ? cause
                        : client.connectionFailure(reason));
    }

    private void fail(Throwable reason) {
        ended.completeExceptionally(reason);
        opened.completeExceptionally(reason);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            System.getLogger(EngineStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "an answer of the engine did not close", e);
        }
    }
}
