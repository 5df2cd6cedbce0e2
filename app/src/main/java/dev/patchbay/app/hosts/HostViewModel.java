package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.ChangeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The host that the window shows: its picture, the connection to it, and every action on it.
public final class HostViewModel {
    /// How long the quiet line stays.
    static final Duration NOTIFICATION_DURATION = Duration.ofSeconds(8);

    private final HostKind kind;
    private final HostConnection connection;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<@Nullable Notification> notification = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Change> pending = FXCollections.observableArrayList();
    private final ObservableList<FailedAction> failures = FXCollections.observableArrayList();
    // Held, because a view listens to its list weakly: one that nobody holds stops telling its listeners.
    private final ObservableList<Change> pendingView = FXCollections.unmodifiableObservableList(pending);
    private final ObservableList<FailedAction> failuresView = FXCollections.unmodifiableObservableList(failures);

    private final List<BiConsumer<Change, Outcome.Done>> doneListeners = new ArrayList<>();

    /// One action at a time, the first one under way: what undo takes back has to be what was done last.
    private final Deque<QueuedAction> queue = new ArrayDeque<>();

    private Tasks.@Nullable ScheduledTask dismissTimer;

    public HostViewModel(HostOpener opener, Tasks tasks, InstantSource clock) {
        this(HostKind.LAB, opener, tasks, clock);
    }

    public HostViewModel(HostKind kind, HostOpener opener, Tasks tasks, InstantSource clock) {
        this.kind = kind;
        this.connection = new HostConnection(kind, opener, tasks, clock);
        this.tasks = tasks;
        this.clock = clock;
        connection.setOutcomeListener((title, done) -> showNotification(
                done
                        ? Notification.done(Messages.of("outcome.done", title), newestAction(title))
                        : Notification.error(Refusal.of("not-done", Messages.of("outcome.notDone", title)))));
    }

    /// The number of the newest action of this title; 0 when there is none.
    private long newestAction(String title) {
        Topology known = topology().get();
        return known == null
                ? 0
                : known.activity().stream()
                        .filter(entry -> entry.title().equals(title))
                        .mapToLong(HistoryEntry::number)
                        .max()
                        .orElse(0);
    }

    /// Why nothing can be asked while this is not [#isLive].
    public Refusal unreachableRefusal() {
        return connection.unreachableRefusal();
    }

    public HostKind kind() {
        return kind;
    }

    /// Why the connected host cannot do something; empty when it can, and while none is connected.
    public Optional<Refusal> unavailable(HostCapability capability) {
        return connection.unavailable(capability);
    }

    public ReadOnlyObjectProperty<ConnectionState> connection() {
        return connection.state();
    }

    /// Null until the host has answered for the first time.
    public ReadOnlyObjectProperty<@Nullable Topology> topology() {
        return connection.topology();
    }

    public ReadOnlyObjectProperty<@Nullable Notification> notification() {
        return notification.getReadOnlyProperty();
    }

    /// Changes that are under way.
    public ObservableList<Change> pending() {
        return pendingView;
    }

    /// Actions that did not happen, the newest last; as many as a host remembers of those that did.
    public ObservableList<FailedAction> failures() {
        return failuresView;
    }

    public boolean isLive() {
        return connection.state().get() instanceof ConnectionState.Live;
    }

    /// Opens the host, or tries again at once.
    public void open() {
        connection.open();
    }

    /// Lets go of the host and opens it anew: something about it is another now.
    public void reopen() {
        connection.reopen();
    }

    private record QueuedAction(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {}

    /// Makes a change, after those that are under way; success becomes a notice, a failure a notice and an
    /// entry in [#failures].
    public void apply(Change change) {
        apply(change, _ -> {}, refusal -> showNotification(Notification.error(refusal)));
    }

    /// @param done called after success
    /// @param refused called instead of showing a notice when nothing changed
    public void apply(Change change, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        pending.add(change);
        enqueue(
                ChangeText.intent(change),
                c -> c.apply(change),
                outcome -> {
                    pending.remove(change);
                    showNotification(Notification.done(ChangeText.done(change), outcome.activity()));
                    done.accept(outcome);
                    doneListeners.forEach(listener -> listener.accept(change, outcome));
                },
                refusal -> {
                    pending.remove(change);
                    refused.accept(refusal);
                });
    }

    /// Called with each change that this window has made.
    public void addDoneListener(BiConsumer<Change, Outcome.Done> listener) {
        doneListeners.add(listener);
    }

    /// Makes the host match what is recorded, after the changes that are under way.
    public void repair() {
        enqueue(
                Messages.of("intent.repair"),
                c -> new Outcome.Done("", "", c.repair(false), 0),
                done -> showNotification(Notification.done(
                        Messages.count("repaired", done.steps().size()))),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// Refused while a change is under way, which would be the one to take back.
    public void undo() {
        runIfIdle(
                Messages.of("intent.undo"),
                c -> c.apply(HistoryAction.UNDO),
                done -> showNotification(Notification.done(Messages.of("done.undo", withoutPrefix(done)))),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// Refused while a change is under way, as [#undo].
    public void redo() {
        runIfIdle(
                Messages.of("intent.redo"),
                c -> c.apply(HistoryAction.REDO),
                done -> showNotification(
                        Notification.done(Messages.of("done.redo", withoutPrefix(done)), done.activity())),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// The title of what is taken back or done again begins with that.
    private static String withoutPrefix(Outcome.Done done) {
        return done.title().replaceFirst("^(undo|redo): ", "");
    }

    /// The steps of a change; a failure comes as a refusal, since nothing has changed either way.
    public void preview(Change change, Consumer<Outcome> done) {
        connection.ask(c -> c.preview(change), done, refusal -> done.accept(new Outcome.Refused(refusal)));
    }

    /// Shows a notice; one that needs nothing from the person goes by itself.
    public void showNotification(Notification what) {
        dismissNotification();
        notification.set(what);
        if (what.kind() == Notification.Kind.DONE) {
            dismissTimer = tasks.schedule(NOTIFICATION_DURATION, this::dismissNotification);
        }
    }

    public void dismissNotification() {
        if (dismissTimer != null) {
            dismissTimer.cancel();
            dismissTimer = null;
        }
        notification.set(null);
    }

    /// Any other question to the host; `failed` also when it is not there.
    public <T> void ask(HostCall<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        connection.ask(question, answer, failed);
    }

    /// A question to the host.
    @FunctionalInterface
    public interface HostCall<T> {
        T call(ConnectedHost connected) throws EngineException, RefusedException;
    }

    private void enqueue(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        queue.add(new QueuedAction(intent, action, done, refused));
        if (queue.size() == 1) {
            run(queue.getFirst());
        }
    }

    private void runIfIdle(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        if (queue.isEmpty()) {
            enqueue(intent, action, done, refused);
        } else {
            showNotification(Notification.error(new Refusal(
                    "under-way", Messages.of("busy", queue.getFirst().intent()), Messages.of("busy.advice"))));
        }
    }

    private void run(QueuedAction turn) {
        connection.ask(
                turn.action(),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Done made -> finish(() -> turn.done().accept(made));
                        case Outcome.Refused no -> finish(() -> recordFailure(turn, no.refusal()));
                    }
                },
                refusal -> finish(() -> recordFailure(turn, refusal)));
    }

    private void recordFailure(QueuedAction turn, Refusal refusal) {
        failures.add(new FailedAction(clock.instant(), turn.intent(), RefusalText.of(refusal), refusal.advice()));
        if (failures.size() > HistoryEntry.MAX_ENTRIES) {
            failures.removeFirst();
        }
        turn.refused().accept(refusal);
    }

    /// Tells how a turn has ended, and begins the next one whatever the telling comes to.
    private void finish(Runnable tell) {
        try {
            tell.run();
        } finally {
            queue.removeFirst();
            if (!queue.isEmpty()) {
                run(queue.getFirst());
            }
        }
    }

    public void close() {
        connection.close();
    }
}
