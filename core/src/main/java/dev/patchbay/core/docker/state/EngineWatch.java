package dev.patchbay.core.docker.state;

import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.EngineStream;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.watch.WatchLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears an engine's events, and its host's, and has it looked at again on a thread of its own. Changes that
/// come together are one look together, and without any it looks now and then. However fast they come, looking
/// takes a small part of the time. While the host's helper is silent it does not look; an engine that is silent is
/// lost.
public final class EngineWatch implements AutoCloseable, WatchLoop.Task {
    private static final System.Logger LOG = System.getLogger(EngineWatch.class.getName());
    private static final String STEP = "watch the engine";
    private static final String LISTEN = "listen to the engine";

    /// Without an event, and for what has none, everything is read anew after this time.
    private static final long FULL_READ_INTERVAL = Duration.ofSeconds(15).toNanos();

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
        default void onEvent(Event event) {}

        /// @param doubted nothing of the last look is to be trusted
        void refresh(boolean doubted) throws EngineException;

        /// The host's helper is silent, or says something again.
        default void onResponding(boolean answers) {}

        void onLost(EngineException reason);
    }

    private final Listener listener;
    private final List<AutoCloseable> subscriptions = new ArrayList<>();

    private final RefreshSchedule schedule = new RefreshSchedule(System.nanoTime());
    private boolean urgent = true;
    private boolean stale;
    private boolean closed;
    private boolean helperSilent;
    private long lastFullRead = System.nanoTime();
    private @Nullable EngineException lostReason;

    private EngineWatch(Listener listener) {
        this.listener = listener;
    }

    /// Heard from now on, and looked at once at the start.
    ///
    /// @param host changes of the engine's host
    /// @param own what this program changed itself: that is looked at without a pause
    public static EngineWatch start(DockerEngine engine, HostChanges host, OwnChanges own, Listener listener)
            throws EngineException {
        EngineWatch watch = new EngineWatch(listener);
        try {
            watch.subscriptions.add(watch.openEvents(engine));
            watch.subscriptions.add(host.watch(watch::noteHostChange, watch::noteHelperResponding));
            watch.subscriptions.add(own.watch(watch::noteOwnChange));
        } catch (EngineException e) {
            watch.closeSources();
            throw e;
        }
        Thread.ofPlatform().daemon().name("docker-watch").start(() -> WatchLoop.run(STEP, watch));
        return watch;
    }

    /// For events alone.
    public static EngineWatch watchEvents(DockerEngine engine, Consumer<Event> heard, Consumer<EngineException> lost)
            throws EngineException {
        Listener listener = new Listener() {
            @Override
            public void onEvent(Event event) {
                heard.accept(event);
            }

            @Override
            public void refresh(boolean doubted) {
                // Events say it all.
            }

            @Override
            public void onLost(EngineException reason) {
                lost.accept(reason);
            }
        };
        return start(engine, (_, _) -> () -> {}, _ -> () -> {}, listener);
    }

    private EngineStream<Event> openEvents(DockerEngine engine) throws EngineException {
        EventsCmd command = EngineEvents.filter(engine.commands().eventsCmd(), engine.isPodman());
        try {
            EngineStream<Event> events = engine.open(command, this::receive);
            events.whenEnded(this::endEvents);
            return events;
        } catch (RefusedException refused) {
            throw new EngineException(LISTEN, refused.refusal().sentence());
        }
    }

    private void receive(Event event) {
        if (isClosed()) {
            return;
        }
        listener.onEvent(event);
        if (EngineEvents.changesTopology(event)) {
            noteEngineChange();
        }
    }

    private void endEvents(@Nullable Throwable reason) {
        fail(
                switch (reason) {
                    case null -> new EngineException(LISTEN, "it has gone away");
                    case EngineException failure -> failure;
                    case Throwable other -> EngineException.unexpected(LISTEN, other);
                });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void noteEngineChange() {
        schedule.noteEngineChange(System.nanoTime());
        notifyAll();
    }

    /// Whoever tells of a change is not silent; one that went away is missed by the next look.
    private synchronized void noteHostChange() {
        helperSilent = false;
        schedule.noteHostChange(System.nanoTime());
        notifyAll();
    }

    private void noteHelperResponding(boolean answers) {
        if (setHelperResponding(answers)) {
            listener.onResponding(answers);
        }
    }

    /// False when this was closed.
    private synchronized boolean setHelperResponding(boolean answers) {
        helperSilent = !answers;
        urgent |= answers;
        notifyAll();
        return !closed;
    }

    private synchronized void noteOwnChange() {
        urgent = true;
        notifyAll();
    }

    private synchronized void fail(EngineException reason) {
        lostReason = reason;
        notifyAll();
    }

    @Override
    public boolean runOnce() throws EngineException, InterruptedException {
        if (!awaitChange()) {
            return false;
        }
        boolean doubted = takeStale();
        long begun = System.nanoTime();
        listener.refresh(doubted);
        noteRefreshEnded(begun, doubted);
        return true;
    }

    /// False when this was closed.
    private synchronized boolean awaitChange() throws EngineException, InterruptedException {
        while (!closed && lostReason == null) {
            if (helperSilent) {
                wait();
                continue;
            }
            long rest = urgent ? 0 : nextRefresh() - System.nanoTime();
            if (rest <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        EngineException reason = lostReason;
        if (reason != null && !closed) {
            throw reason;
        }
        schedule.noteRefreshBegun();
        urgent = false;
        return !closed;
    }

    private long nextRefresh() {
        return schedule.isChanged() ? schedule.nextRefresh() : lastFullRead + FULL_READ_INTERVAL;
    }

    private synchronized boolean takeStale() {
        long now = System.nanoTime();
        boolean due = stale || now - lastFullRead >= FULL_READ_INTERVAL;
        if (due) {
            stale = false;
            lastFullRead = now;
        }
        return due;
    }

    private synchronized void noteRefreshEnded(long begun, boolean doubted) {
        schedule.noteRefreshEnded(begun, System.nanoTime(), doubted);
    }

    @Override
    public boolean onFailure(Exception reason, int inARow) {
        if (reason instanceof EngineException failure) {
            if (failure.kind() != EngineException.Kind.NOT_RESPONDING || !shouldRetry(inARow)) {
                reportLost(failure);
            }
        } else if (inARow == ATTEMPTS) {
            reportLost(EngineException.unexpected(STEP, reason));
        } else {
            invalidateAndRefresh();
        }
        return !isClosed();
    }

    /// Whether it looks again after silence: when whoever was silent is known to be, or may have gone on meanwhile.
    private synchronized boolean shouldRetry(int inARow) {
        urgent = true;
        return helperSilent || (lostReason == null && inARow < ATTEMPTS);
    }

    private synchronized void invalidateAndRefresh() {
        stale = true;
        urgent = true;
    }

    @Override
    public void onError(Error reason) {
        reportLost(EngineException.unexpected(STEP, reason));
    }

    private void reportLost(EngineException reason) {
        if (markClosed()) {
            closeSources();
            listener.onLost(reason);
        }
    }

    /// After this no look begins; one that is under way may still reach the listener.
    @Override
    public void close() {
        markClosed();
        closeSources();
    }

    /// False when it had ended before.
    private synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        notifyAll();
        return first;
    }

    private void closeSources() {
        for (AutoCloseable other : subscriptions) {
            try {
                other.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "a source of changes did not end cleanly", e);
            }
        }
    }
}
