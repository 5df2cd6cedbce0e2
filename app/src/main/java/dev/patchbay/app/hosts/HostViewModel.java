package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.ChangeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.host.NetworkController;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.ActivityEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    static final Duration NOTICE = Duration.ofSeconds(8);

    private final HostKind kind;
    private final HostConnection line;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<@Nullable Notification> notice = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Change> pending = FXCollections.observableArrayList();
    private final ObservableList<FailedAction> failures = FXCollections.observableArrayList();
    // Held, because a view listens to its list weakly: one that nobody holds stops telling its listeners.
    private final ObservableList<Change> pendingView = FXCollections.unmodifiableObservableList(pending);
    private final ObservableList<FailedAction> failuresView = FXCollections.unmodifiableObservableList(failures);

    private final List<BiConsumer<Change, Outcome.Done>> whenDone = new ArrayList<>();

    /// One action at a time, the first one under way: what undo takes back has to be what was done last.
    private final Deque<QueuedAction> turns = new ArrayDeque<>();

    private Tasks.@Nullable ScheduledTask goingAway;

    public HostViewModel(HostOpener opener, Tasks tasks, InstantSource clock) {
        this(HostKind.LAB, opener, tasks, clock);
    }

    public HostViewModel(HostKind kind, HostOpener opener, Tasks tasks, InstantSource clock) {
        this.kind = kind;
        this.line = new HostConnection(kind, opener, tasks, clock);
        this.tasks = tasks;
        this.clock = clock;
        line.whenSettled((title, done) -> say(
                done
                        ? Notification.done(Messages.of("outcome.done", title), newest(title))
                        : Notification.error(Refusal.of("not-done", Messages.of("outcome.notDone", title)))));
    }

    /// The number of the newest action of this title; 0 when there is none.
    private long newest(String title) {
        Topology known = topology().get();
        return known == null
                ? 0
                : known.activity().stream()
                        .filter(entry -> entry.title().equals(title))
                        .mapToLong(ActivityEntry::number)
                        .max()
                        .orElse(0);
    }

    /// Why nothing can be asked while this is not [#live].
    public Refusal away() {
        return line.away();
    }

    public HostKind kind() {
        return kind;
    }

    public ReadOnlyObjectProperty<ConnectionState> connection() {
        return line.state();
    }

    /// Null until the host has answered for the first time.
    public ReadOnlyObjectProperty<@Nullable Topology> topology() {
        return line.topology();
    }

    public ReadOnlyObjectProperty<@Nullable Notification> notice() {
        return notice.getReadOnlyProperty();
    }

    /// Changes that are under way.
    public ObservableList<Change> pending() {
        return pendingView;
    }

    /// Actions that did not happen, the newest last; as many as a host remembers of those that did.
    public ObservableList<FailedAction> failures() {
        return failuresView;
    }

    public boolean live() {
        return line.state().get() instanceof ConnectionState.Live;
    }

    /// Opens the host, or tries again at once.
    public void open() {
        line.open();
    }

    /// Lets go of the host and opens it anew: something about it is another now.
    public void reopen() {
        line.reopen();
    }

    private record QueuedAction(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {}

    /// Makes a change, after those that are under way; success becomes a notice, a failure a notice and an
    /// entry in [#failures].
    public void apply(Change change) {
        apply(change, _ -> {}, refusal -> say(Notification.error(refusal)));
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
                    say(Notification.done(ChangeText.done(change), outcome.activity()));
                    done.accept(outcome);
                    whenDone.forEach(listener -> listener.accept(change, outcome));
                },
                refusal -> {
                    pending.remove(change);
                    refused.accept(refusal);
                });
    }

    /// Called with each change that this window has made.
    public void whenDone(BiConsumer<Change, Outcome.Done> listener) {
        whenDone.add(listener);
    }

    /// Makes the host match what is recorded, after the changes that are under way.
    public void repair() {
        act(
                Messages.of("intent.repair"),
                c -> new Outcome.Done("", "", c.repair(false), 0),
                done -> say(Notification.done(
                        Messages.count("repaired", done.steps().size()))),
                refusal -> say(Notification.error(refusal)));
    }

    /// Refused while a change is under way, which would be the one to take back.
    public void undo() {
        actAlone(
                Messages.of("intent.undo"),
                NetworkController::undo,
                done -> say(Notification.done(Messages.of("done.undo", action(done)))),
                refusal -> say(Notification.error(refusal)));
    }

    /// Refused while a change is under way, as [#undo].
    public void redo() {
        actAlone(
                Messages.of("intent.redo"),
                NetworkController::redo,
                done -> say(Notification.done(Messages.of("done.redo", action(done)), done.activity())),
                refusal -> say(Notification.error(refusal)));
    }

    /// The title of what is taken back or done again begins with that.
    private static String action(Outcome.Done done) {
        return done.title().replaceFirst("^(undo|redo): ", "");
    }

    /// The steps of a change; a failure comes as a refusal, since nothing has changed either way.
    public void preview(Change change, Consumer<Outcome> done) {
        line.ask(c -> c.preview(change), done, refusal -> done.accept(new Outcome.Refused(refusal)));
    }

    /// Shows a notice; one that needs nothing from the person goes by itself.
    public void say(Notification what) {
        dismissNotice();
        notice.set(what);
        if (what.kind() == Notification.Kind.DONE) {
            goingAway = tasks.after(NOTICE, this::dismissNotice);
        }
    }

    public void dismissNotice() {
        if (goingAway != null) {
            goingAway.cancel();
            goingAway = null;
        }
        notice.set(null);
    }

    /// Any other question to the host; `failed` also when it is not there.
    public <T> void ask(HostCall<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        line.ask(question, answer, failed);
    }

    /// A call that needs the controller.
    @FunctionalInterface
    public interface HostCall<T> {
        T ask(NetworkController controller) throws EngineException;
    }

    private void act(String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        turns.add(new QueuedAction(intent, action, done, refused));
        if (turns.size() == 1) {
            begin(turns.getFirst());
        }
    }

    private void actAlone(
            String intent, HostCall<Outcome> action, Consumer<Outcome.Done> done, Consumer<Refusal> refused) {
        if (turns.isEmpty()) {
            act(intent, action, done, refused);
        } else {
            say(Notification.error(new Refusal(
                    "under-way", Messages.of("busy", turns.getFirst().intent()), Messages.of("busy.advice"))));
        }
    }

    private void begin(QueuedAction turn) {
        line.ask(
                turn.action(),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Done made -> end(() -> turn.done().accept(made));
                        case Outcome.Refused no -> end(() -> fail(turn, no.refusal()));
                    }
                },
                refusal -> end(() -> fail(turn, refusal)));
    }

    private void fail(QueuedAction turn, Refusal refusal) {
        failures.add(new FailedAction(clock.instant(), turn.intent(), RefusalText.of(refusal), refusal.advice()));
        if (failures.size() > ActivityEntry.MAX_ENTRIES) {
            failures.removeFirst();
        }
        turn.refused().accept(refusal);
    }

    /// Tells how a turn has ended, and begins the next one whatever the telling comes to.
    private void end(Runnable tell) {
        try {
            tell.run();
        } finally {
            turns.removeFirst();
            if (!turns.isEmpty()) {
                begin(turns.getFirst());
            }
        }
    }

    public void close() {
        line.close();
    }
}
