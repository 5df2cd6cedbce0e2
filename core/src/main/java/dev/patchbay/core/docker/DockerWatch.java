package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.JsonLines;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears an engine's events, and its host's, on one thread, and has it looked at again on another: events that come
/// while it looks are
/// one more look together, and without any it looks now and then.
public final class DockerWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DockerWatch.class.getName());
    private static final long SLOWLY_SECONDS = 15;

    /// Where changes come from beside the engine's events.
    public interface Source {
        /// Calls `changed` after each of them, until the handle is closed.
        AutoCloseable watch(Runnable changed) throws EngineException;
    }

    /// What is done with what is heard.
    public interface Listener {
        void heard(JsonNode event);

        /// @param doubted nothing of the last look is to be trusted
        void look(boolean doubted) throws EngineException;

        void lost(EngineException reason);
    }

    private final JsonLines lines;
    private final Listener listener;
    private final Semaphore events = new Semaphore(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable EngineException gone;
    private final List<AutoCloseable> others = new ArrayList<>();

    private DockerWatch(JsonLines lines, Listener listener) {
        this.lines = lines;
        this.listener = listener;
    }

    /// Heard from now on, and looked at once at the start.
    public static DockerWatch start(DockerEngine engine, List<Source> sources, Listener listener)
            throws EngineException {
        DockerWatch watch = new DockerWatch(listen(engine), listener);
        try {
            for (Source source : sources) {
                watch.others.add(source.watch(watch.events::release));
            }
        } catch (EngineException e) {
            watch.release();
            throw e;
        }
        Thread.ofPlatform().daemon().name("docker-events").start(watch::hear);
        Thread.ofPlatform().daemon().name("docker-watch").start(watch::look);
        return watch;
    }

    /// For events alone.
    static DockerWatch follow(DockerEngine engine, Consumer<JsonNode> heard, Consumer<EngineException> lost)
            throws EngineException {
        Listener listener = new Listener() {
            @Override
            public void heard(JsonNode event) {
                heard.accept(event);
            }

            @Override
            public void look(boolean doubted) {
                // Events say it all.
            }

            @Override
            public void lost(EngineException reason) {
                lost.accept(reason);
            }
        };
        return start(engine, List.of(), listener);
    }

    private static JsonLines listen(DockerEngine engine) throws EngineException {
        try {
            return engine.lines(ApiRequest.get("/events?filters=" + ApiRequest.escaped(DockerEvents.FILTERS)));
        } catch (Mistake refused) {
            throw new EngineException("listen to the engine", refused.refusal().sentence());
        }
    }

    private void hear() {
        try {
            Optional<JsonNode> event = lines.next();
            while (event.isPresent() && !over.get()) {
                listener.heard(event.get());
                events.release();
                event = lines.next();
            }
            gone = new EngineException("listen to the engine", "it has gone away");
        } catch (EngineException e) {
            gone = e;
        }
        events.release();
    }

    private void look() {
        try {
            while (!over.get()) {
                boolean heard = events.tryAcquire(SLOWLY_SECONDS, TimeUnit.SECONDS);
                events.drainPermits();
                EngineException reason = gone;
                if (reason != null) {
                    throw reason;
                }
                if (!over.get()) {
                    listener.look(!heard);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EngineException e) {
            if (over.compareAndSet(false, true)) {
                release();
                listener.lost(e);
            }
        }
    }

    /// After this no look begins; one that is under way may still reach the listener.
    @Override
    public void close() {
        over.set(true);
        events.release();
        release();
    }

    private void release() {
        lines.close();
        for (AutoCloseable other : others) {
            try {
                other.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "a source of changes did not end cleanly", e);
            }
        }
    }
}
