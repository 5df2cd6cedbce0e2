package dev.patchbay.app.activity;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The common order of undo: the activity of the host, and the moves on the canvas of this window, which
/// the host does not know.
public final class UndoViewModel {
    private static final int MAX_MOVES = 100;

    private final HostViewModel host;
    private final ActivityViewModel activity;
    private final ReadOnlyObjectWrapper<@Nullable String> undoable = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> redoable = new ReadOnlyObjectWrapper<>();
    private final Deque<Move> done = new ArrayDeque<>();
    private final Deque<Move> undone = new ArrayDeque<>();
    private Consumer<Arrangement> arranger = _ -> {};

    /// @param afterActivity number of the newest activity when the move was made or undone
    private record Move(String title, Arrangement from, Arrangement to, long afterActivity) {
        Move withActivity(long number) {
            return new Move(title, from, to, number);
        }
    }

    public UndoViewModel(HostViewModel host, ActivityViewModel activity) {
        this.host = host;
        this.activity = activity;
        // Runs after the activity view model, which was created earlier and observes the same topology.
        host.topology().subscribe(this::refresh);
    }

    /// @param restore restores a layout of the canvas
    public void setArranger(Consumer<Arrangement> restore) {
        this.arranger = restore;
    }

    /// Records a move by the person on the canvas.
    ///
    /// @param title what was done, as the Undo button says it
    public void addMove(String title, Arrangement from, Arrangement to) {
        done.push(new Move(title, from, to, newestActivity()));
        if (done.size() > MAX_MOVES) {
            done.removeLast();
        }
        undone.clear();
        refresh();
    }

    /// What undo would take back; null when there is nothing.
    public ReadOnlyObjectProperty<@Nullable String> undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// What redo would do again; null when there is nothing.
    public ReadOnlyObjectProperty<@Nullable String> redoable() {
        return redoable.getReadOnlyProperty();
    }

    public void undo() {
        Move move = nextToUndo();
        if (move == null) {
            host.undo();
        } else {
            done.pop();
            undone.push(move.withActivity(newestActivity()));
            arranger.accept(move.from());
            refresh();
        }
    }

    public void redo() {
        Move move = nextToRedo();
        if (move == null) {
            host.redo();
        } else {
            undone.pop();
            done.push(move.withActivity(newestActivity()));
            arranger.accept(move.to());
            refresh();
        }
    }

    /// Whether undo would take back this one.
    ///
    /// @param action number of an action, or of the activity that did one again
    public boolean takesBack(long action) {
        return nextToUndo() == null && activity.isNewest(action);
    }

    /// Null when what the host would take back is newer.
    private @Nullable Move nextToUndo() {
        Move move = done.peek();
        HistoryEntry entry = activity.undoable().get();
        return move == null || (entry != null && lastDoneNumber(entry.number()) > move.afterActivity()) ? null : move;
    }

    /// Null when the host took something back later, or did something else since.
    private @Nullable Move nextToRedo() {
        Move move = undone.peek();
        HistoryEntry entry = activity.redoable().get();
        return move == null || (entry != null && lastUndoneNumber(entry.number()) > move.afterActivity()) ? null : move;
    }

    private void refresh() {
        Move newest = undone.peek();
        if (newest != null
                && entries().stream().anyMatch(entry -> clearsRedo(entry) && entry.number() > newest.afterActivity())) {
            undone.clear();
        }
        Move back = nextToUndo();
        HistoryEntry hostBack = activity.undoable().get();
        undoable.set(back != null ? back.title() : hostBack == null ? null : hostBack.title());
        Move again = nextToRedo();
        HistoryEntry hostAgain = activity.redoable().get();
        redoable.set(again != null ? again.title() : hostAgain == null ? null : hostAgain.title());
    }

    /// Whether it clears the redo stack, even if it cannot be undone itself.
    private static boolean clearsRedo(HistoryEntry entry) {
        return entry.kind() == ActivityKind.ACTION || (entry.kind() == ActivityKind.FINAL && entry.refersTo() == 0);
    }

    /// The number of an action when it was last done; redo makes it newer.
    private long lastDoneNumber(long action) {
        return entries().stream()
                .filter(entry -> entry.kind() == ActivityKind.REDO && entry.refersTo() == action)
                .mapToLong(HistoryEntry::number)
                .max()
                .orElse(action);
    }

    private long lastUndoneNumber(long action) {
        return entries().stream()
                .filter(entry -> entry.kind() == ActivityKind.UNDO && entry.refersTo() == action)
                .mapToLong(HistoryEntry::number)
                .max()
                .orElse(action);
    }

    private long newestActivity() {
        return entries().stream().mapToLong(HistoryEntry::number).max().orElse(0);
    }

    private List<HistoryEntry> entries() {
        Topology topology = host.topology().get();
        return topology == null ? List.of() : topology.activity();
    }
}
