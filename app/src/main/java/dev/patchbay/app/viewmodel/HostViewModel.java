package dev.patchbay.app.viewmodel;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.Change;
import dev.patchbay.core.NetworkController;
import dev.patchbay.core.Outcome;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The host that the window shows: its picture, the connection to it, and every action on it.
public final class HostViewModel {
    static final Duration FIRST_RETRY = Duration.ofMillis(500);
    static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final HostOpener opener;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Connection> connection = new ReadOnlyObjectWrapper<>(new Connection.Opening());
    private final ReadOnlyObjectWrapper<@Nullable Topology> topology = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> notice = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Change> pending = FXCollections.observableArrayList();
    private final ObservableList<Failure> failures = FXCollections.observableArrayList();
    // Held, because a view listens to its list weakly: one that nobody holds stops telling its listeners.
    private final ObservableList<Change> pendingView = FXCollections.unmodifiableObservableList(pending);
    private final ObservableList<Failure> failuresView = FXCollections.unmodifiableObservableList(failures);

    private @Nullable NetworkController controller;
    private @Nullable AutoCloseable watch;
    private Tasks.@Nullable Pause retry;
    private Duration nextRetry = FIRST_RETRY;
    private boolean opening;
    private boolean closed;

    public HostViewModel(HostOpener opener, Tasks tasks, InstantSource clock) {
        this.opener = opener;
        this.tasks = tasks;
        this.clock = clock;
    }

    public ReadOnlyObjectProperty<Connection> connection() {
        return connection.getReadOnlyProperty();
    }

    /// Null until the host has answered for the first time.
    public ReadOnlyObjectProperty<@Nullable Topology> topology() {
        return topology.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Notice> notice() {
        return notice.getReadOnlyProperty();
    }

    /// Changes that are under way.
    public ObservableList<Change> pending() {
        return pendingView;
    }

    /// Actions that did not happen, the newest last.
    public ObservableList<Failure> failures() {
        return failuresView;
    }

    public boolean live() {
        return connection.get() instanceof Connection.Live;
    }

    /// Opens the host, or tries again at once.
    public void open() {
        if (opening || closed) {
            return;
        }
        opening = true;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        switch (connection.get()) {
            case Connection.Lost lost -> connection.set(new Connection.Lost(lost.sentence(), lost.lastSeen(), true));
            case Connection.Opening _, Connection.Unavailable _, Connection.Live _ ->
                connection.set(new Connection.Opening());
        }
        tasks.run(this::openAndWatch, this::opened, this::notOpened);
    }

    private record Opened(NetworkController controller, AutoCloseable watch) {}

    private Opened openAndWatch() throws EngineException {
        NetworkController fresh = opener.open();
        try {
            AutoCloseable handle = fresh.watch(
                    changed -> tasks.deliver(() -> show(fresh, changed)), e -> tasks.deliver(() -> lost(fresh, e)));
            return new Opened(fresh, handle);
        } catch (EngineException e) {
            fresh.close();
            throw e;
        }
    }

    private void opened(Opened opened) {
        opening = false;
        controller = opened.controller();
        watch = opened.watch();
        if (closed) {
            letGo();
            return;
        }
        nextRetry = FIRST_RETRY;
        connection.set(new Connection.Live());
    }

    private void notOpened(EngineException e) {
        opening = false;
        switch (connection.get()) {
            case Connection.Lost lost -> {
                connection.set(new Connection.Lost(lost.sentence(), lost.lastSeen(), false));
                retryLater();
            }
            case Connection.Opening _, Connection.Unavailable _, Connection.Live _ ->
                connection.set(new Connection.Unavailable(sentence(e), Messages.of("host.unavailable.advice")));
        }
    }

    private void show(NetworkController from, Topology changed) {
        // The first picture may be delivered before the call that opened the host returns.
        if (!closed && (controller == null || controller.equals(from))) {
            topology.set(changed);
        }
    }

    private void lost(NetworkController from, EngineException e) {
        if (closed || (controller != null && !controller.equals(from))) {
            return;
        }
        letGo();
        connection.set(new Connection.Lost(sentence(e), clock.instant(), false));
        retryLater();
    }

    private void retryLater() {
        if (closed) {
            return;
        }
        retry = tasks.after(nextRetry, this::open);
        Duration doubled = nextRetry.multipliedBy(2);
        nextRetry = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
    }

    /// Makes a change; success becomes a notice, a failure a notice and an entry in [#failures].
    public void apply(Change change) {
        apply(change, _ -> {}, refusal -> notice.set(Notice.error(refusal)));
    }

    /// @param done called after success
    /// @param refused called instead of showing a notice when nothing changed
    public void apply(Change change, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        pending.add(change);
        act(
                ChangeText.intent(change),
                c -> c.apply(change),
                outcome -> {
                    pending.remove(change);
                    notice.set(Notice.done(ChangeText.done(change), true));
                    done.accept(outcome);
                },
                refusal -> {
                    pending.remove(change);
                    refused.accept(refusal);
                });
    }

    public void undo() {
        act(
                Messages.of("intent.undo"),
                NetworkController::undo,
                done -> notice.set(Notice.done(Messages.of("done.undo", done.title()), false)),
                refusal -> notice.set(Notice.error(refusal)));
    }

    public void redo() {
        act(
                Messages.of("intent.redo"),
                NetworkController::redo,
                done -> notice.set(Notice.done(Messages.of("done.redo", done.title()), true)),
                refusal -> notice.set(Notice.error(refusal)));
    }

    /// The steps of a change; a failure comes as a refusal, since nothing has changed either way.
    public void preview(Change change, Consumer<Outcome> done) {
        call(c -> c.preview(change), done, refusal -> done.accept(new Outcome.Refused(refusal)));
    }

    public void say(Notice what) {
        notice.set(what);
    }

    public void dismissNotice() {
        notice.set(null);
    }

    /// Any other question to the host; `failed` also when it is not there.
    public <T> void ask(Question<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        call(question, answer, failed);
    }

    /// A call that needs the controller.
    @FunctionalInterface
    public interface Question<T> {
        T ask(NetworkController controller) throws EngineException;
    }

    private void act(String intent, Question<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        Consumer<Refusal> kept = refusal -> {
            failures.add(new Failure(clock.instant(), intent, refusal.sentence(), refusal.advice()));
            refused.accept(refusal);
        };
        call(
                action,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Done made -> done.accept(made);
                        case Outcome.Refused no -> kept.accept(no.refusal());
                    }
                },
                kept);
    }

    private <T> void call(Question<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        NetworkController target = controller;
        if (target == null) {
            failed.accept(new Refusal("not-connected", Messages.of("host.away"), Messages.of("host.away.advice")));
            return;
        }
        tasks.run(
                () -> question.ask(target),
                answer,
                e -> failed.accept(new Refusal("engine", sentence(e), Messages.of("engine.advice"))));
    }

    private static String sentence(EngineException e) {
        String message = e.getMessage();
        return message == null ? e.step() : message;
    }

    private void letGo() {
        NetworkController last = controller;
        AutoCloseable lastWatch = watch;
        controller = null;
        watch = null;
        if (last != null) {
            tasks.run(
                    () -> {
                        close(lastWatch);
                        last.close();
                        return last;
                    },
                    _ -> {},
                    _ -> {});
        }
    }

    private static void close(@Nullable AutoCloseable handle) throws EngineException {
        try {
            if (handle != null) {
                handle.close();
            }
        } catch (Exception e) {
            throw new EngineException("stop watching", String.valueOf(e.getMessage()), e);
        }
    }

    public void close() {
        closed = true;
        if (retry != null) {
            retry.cancel();
        }
        letGo();
    }
}
