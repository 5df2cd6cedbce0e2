package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.JsonStream;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.watch.WatchLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears an engine's events, and its host's, on one thread, and has it looked at again on another. Changes that
/// come together are one look together, and without any it looks now and then. However fast they come, looking
/// takes a small part of the time. While the host's helper is silent it does not look; an engine that is silent is
/// lost.
public final class EngineWatch implements AutoCloseable, WatchLoop.Task {
    private static final System.Logger LOG = System.getLogger(EngineWatch.class.getName());
    private static final String STEP = "watch the engine";
    private static final String LISTEN = "listen to the engine";

    /// Without an event, and for what has none, everything is read anew after this time.
    private static final long SLOWLY = Duration.ofSeconds(15).toNanos();

    /// A container that starts or stops has several events. It is looked at when no more come, or after
    /// [#QUIET_AT_LAST].
    private static final long QUIET = Duration.ofMillis(100).toNanos();

    private static final long QUIET_AT_LAST = Duration.ofMillis(500).toNanos();

    /// So many times as long as a look took, nothing is looked at again, and never longer than the second time.
    private static final int REST = 40;

    private static final long LONGEST_REST = Duration.ofSeconds(3).toNanos();

    /// So many looks in a row that end in an unchecked exception, or in silence that nobody has told of, lose the
    /// engine.
    private static final int ATTEMPTS = 3;

    /// The host's changes, as [MachineAccess#watch] tells them.
    @FunctionalInterface
    public interface HostChanges {
        AutoCloseable watch(Runnable changed, Consumer<Boolean> answers) throws EngineException;
    }

    /// What this program changes itself.
    @FunctionalInterface
    public interface OwnChanges {
        /// Calls `changed` after each change, until the handle is closed.
        AutoCloseable watch(Runnable changed) throws EngineException;
    }

    /// What is done with what is heard.
    public interface Listener {
        void heard(JsonNode event);

        /// @param doubted nothing of the last look is to be trusted
        void look(boolean doubted) throws EngineException;

        /// The host's helper is silent, or says something again.
        default void answers(boolean answers) {}

        void lost(EngineException reason);
    }

    private final JsonStream lines;
    private final Listener listener;
    private final List<AutoCloseable> others = new ArrayList<>();

    private boolean changed;
    private boolean urgent = true;
    private boolean doubted;
    private boolean over;
    private boolean hostSilent;
    private long firstChange;
    private long lastChange;
    private long restedAt = System.nanoTime();
    private long doubtedAt = System.nanoTime();
    private @Nullable EngineException gone;

    private EngineWatch(JsonStream lines, Listener listener) {
        this.lines = lines;
        this.listener = listener;
    }

    /// Heard from now on, and looked at once at the start.
    ///
    /// @param host changes of the engine's host
    /// @param own what this program changed itself: that is looked at without a pause
    public static EngineWatch start(DockerEngine engine, HostChanges host, OwnChanges own, Listener listener)
            throws EngineException {
        EngineWatch watch = new EngineWatch(listen(engine), listener);
        try {
            watch.others.add(host.watch(watch::changeHost, watch::hostAnswers));
            watch.others.add(own.watch(watch::changeOwn));
        } catch (EngineException e) {
            watch.release();
            throw e;
        }
        Thread.ofPlatform().daemon().name("docker-events").start(watch::hear);
        Thread.ofPlatform().daemon().name("docker-watch").start(() -> WatchLoop.run(STEP, watch));
        return watch;
    }

    /// For events alone.
    public static EngineWatch follow(DockerEngine engine, Consumer<JsonNode> heard, Consumer<EngineException> lost)
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
        return start(engine, (_, _) -> () -> {}, _ -> () -> {}, listener);
    }

    private static JsonStream listen(DockerEngine engine) throws EngineException {
        try {
            return engine.lines(
                    ApiRequest.get("/events?filters=" + ApiRequest.escaped(EngineEvents.filters(engine.isPodman()))));
        } catch (RefusedException refused) {
            throw new EngineException(LISTEN, refused.refusal().sentence());
        }
    }

    private void hear() {
        try {
            Optional<JsonNode> event = lines.next();
            while (event.isPresent() && !isOver()) {
                listener.heard(event.get());
                if (EngineEvents.changesPicture(event.get())) {
                    change();
                }
                event = lines.next();
            }
            lose(new EngineException(LISTEN, "it has gone away"));
        } catch (EngineException e) {
            lose(e);
        } catch (RuntimeException | Error e) {
            lose(EngineException.unexpected(LISTEN, e));
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void change() {
        lastChange = System.nanoTime();
        if (!changed) {
            changed = true;
            firstChange = lastChange;
        }
        notifyAll();
    }

    /// Whoever tells of a change is not silent; one that went away is missed by the next look.
    private synchronized void changeHost() {
        hostSilent = false;
        change();
    }

    private void hostAnswers(boolean answers) {
        if (rememberHost(answers)) {
            listener.answers(answers);
        }
    }

    /// False when this was closed.
    private synchronized boolean rememberHost(boolean answers) {
        hostSilent = !answers;
        urgent |= answers;
        notifyAll();
        return !over;
    }

    private synchronized void changeOwn() {
        urgent = true;
        notifyAll();
    }

    private synchronized void lose(EngineException reason) {
        gone = reason;
        notifyAll();
    }

    @Override
    public boolean runOnce() throws EngineException, InterruptedException {
        if (!awaitChange()) {
            return false;
        }
        boolean trustNothing = isDoubted();
        long begun = System.nanoTime();
        listener.look(trustNothing);
        long now = System.nanoTime();
        restUntil(now + Math.min(LONGEST_REST, REST * (now - begun)));
        return true;
    }

    /// False when this was closed.
    private synchronized boolean awaitChange() throws EngineException, InterruptedException {
        while (!over && gone == null) {
            if (hostSilent) {
                wait();
                continue;
            }
            long rest = urgent ? 0 : (changed ? due() : doubtedAt + SLOWLY) - System.nanoTime();
            if (rest <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        EngineException reason = gone;
        if (reason != null && !over) {
            throw reason;
        }
        changed = false;
        urgent = false;
        return !over;
    }

    private long due() {
        return Math.max(restedAt, Math.min(lastChange + QUIET, firstChange + QUIET_AT_LAST));
    }

    private synchronized boolean isDoubted() {
        long now = System.nanoTime();
        boolean due = doubted || now - doubtedAt >= SLOWLY;
        if (due) {
            doubted = false;
            doubtedAt = now;
        }
        return due;
    }

    private synchronized void restUntil(long nanos) {
        restedAt = nanos;
    }

    @Override
    public boolean onFailure(Exception reason, int inARow) {
        if (reason instanceof EngineException failure) {
            if (failure.kind() != EngineException.Kind.NOT_RESPONDING || !looksAgain(inARow)) {
                report(failure);
            }
        } else if (inARow == ATTEMPTS) {
            report(EngineException.unexpected(STEP, reason));
        } else {
            doubtAndLook();
        }
        return !isOver();
    }

    /// Whether it looks again after silence: when whoever was silent is known to be, or may have gone on meanwhile.
    private synchronized boolean looksAgain(int inARow) {
        urgent = true;
        return hostSilent || (gone == null && inARow < ATTEMPTS);
    }

    private synchronized void doubtAndLook() {
        doubted = true;
        urgent = true;
    }

    @Override
    public void onError(Error reason) {
        report(EngineException.unexpected(STEP, reason));
    }

    private void report(EngineException reason) {
        if (end()) {
            release();
            listener.lost(reason);
        }
    }

    /// After this no look begins; one that is under way may still reach the listener.
    @Override
    public void close() {
        end();
        release();
    }

    /// False when it had ended before.
    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        notifyAll();
        return first;
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
