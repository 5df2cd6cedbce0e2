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

/// The host that the window shows: its topology, the connection to it, and all actions on it.
public final class HostViewModel {
    /// How long a notification stays.
    static final Duration NOTIFICATION_DURATION = Duration.ofSeconds(8);

    private final HostKind kind;
    private final HostConnection connection;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<@Nullable Notification> notification = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Change> pending = FXCollections.observableArrayList();
    private final ObservableList<FailedAction> failures = FXCollections.observableArrayList();
    // Kept in a field, because the view references its source weakly and would be garbage collected with
    // its listeners.
    private final ObservableList<Change> pendingView = FXCollections.unmodifiableObservableList(pending);
    private final ObservableList<FailedAction> failuresView = FXCollections.unmodifiableObservableList(failures);

    private final List<BiConsumer<Change, Outcome.Done>> doneListeners = new ArrayList<>();

    /// Actions run one at a time, in order, because undo must revert the last one.
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

    /// The refusal of every request while not [#isLive].
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

    /// Null before the first answer of the host.
    public ReadOnlyObjectProperty<@Nullable Topology> topology() {
        return connection.topology();
    }

    public ReadOnlyObjectProperty<@Nullable Notification> notification() {
        return notification.getReadOnlyProperty();
    }

    /// Changes that are being applied.
    public ObservableList<Change> pending() {
        return pendingView;
    }

    /// Failed actions, the newest last; as many as a host remembers of successful ones.
    public ObservableList<FailedAction> failures() {
        return failuresView;
    }

    public boolean isLive() {
        return connection.state().get() instanceof ConnectionState.Live;
    }

    /// Connects, or tries again at once.
    public void open() {
        connection.open();
    }

    /// Closes the connection and opens the host again, because something about the host has changed.
    public void reopen() {
        connection.reopen();
    }

    private record QueuedAction(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {}

    /// Makes a change after those that are being applied. Success becomes a notification, a failure a
    /// notification and an entry in [#failures].
    public void apply(Change change) {
        apply(change, _ -> {}, refusal -> showNotification(Notification.error(refusal)));
    }

    /// @param done called after success
    /// @param refused called instead of a notification when nothing changed
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

    /// Repairs the host after the changes that are being applied.
    public void repair() {
        enqueue(
                Messages.of("intent.repair"),
                c -> new Outcome.Done("", "", c.repair(false), 0),
                done -> showNotification(Notification.done(
                        Messages.count("repaired", done.steps().size()))),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// Refused while a change is being applied, because that is the one to undo.
    public void undo() {
        runIfIdle(
                Messages.of("intent.undo"),
                c -> c.apply(HistoryAction.UNDO),
                done -> showNotification(Notification.done(Messages.of("done.undo", withoutPrefix(done)))),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// Refused while a change is being applied, as [#undo].
    public void redo() {
        runIfIdle(
                Messages.of("intent.redo"),
                c -> c.apply(HistoryAction.REDO),
                done -> showNotification(
                        Notification.done(Messages.of("done.redo", withoutPrefix(done)), done.activity())),
                refusal -> showNotification(Notification.error(refusal)));
    }

    /// The title of an undo or redo starts with that word.
    private static String withoutPrefix(Outcome.Done done) {
        return done.title().replaceFirst("^(undo|redo): ", "");
    }

    /// Asks for the steps of a change. A failure is passed on as a refusal, since nothing has changed in
    /// either case.
    public void preview(Change change, Consumer<Outcome> done) {
        connection.ask(c -> c.preview(change), done, refusal -> done.accept(new Outcome.Refused(refusal)));
    }

    /// Shows a notification; one without advice closes by itself.
    public void showNotification(Notification shown) {
        dismissNotification();
        notification.set(shown);
        if (shown.kind() == Notification.Kind.DONE) {
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

    /// Asks the host something; `failed` is called also when the host is away.
    public <T> void ask(HostCall<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        connection.ask(question, answer, failed);
    }

    /// A request to the host.
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

    /// Reports the end of an action, and starts the next one even if the report throws.
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
