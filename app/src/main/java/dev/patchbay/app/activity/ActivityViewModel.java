package dev.patchbay.app.activity;

import dev.patchbay.app.hosts.FailedAction;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.ActivityKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The actions of all clients on the host, and the failures in this window, newest first.
public final class ActivityViewModel {
    private final HostViewModel host;
    private final ObservableList<ActivityRow> rows = FXCollections.observableArrayList();
    private final ObservableList<ActivityRow> rowsView = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyIntegerWrapper unseenFailures = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<@Nullable HistoryEntry> undoable = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable HistoryEntry> redoable = new ReadOnlyObjectWrapper<>();

    public ActivityViewModel(HostViewModel host) {
        this.host = host;
        host.topology().subscribe(this::refresh);
        host.failures().addListener((ListChangeListener<FailedAction>) change -> {
            while (change.next()) {
                unseenFailures.set(unseenFailures.get() + change.getAddedSize());
            }
            refresh();
        });
    }

    public ObservableList<ActivityRow> rows() {
        return rowsView;
    }

    /// The number of failures since the person last looked at the list.
    public ReadOnlyIntegerProperty unseenFailures() {
        return unseenFailures.getReadOnlyProperty();
    }

    /// What undo would take back; null when there is nothing.
    public ReadOnlyObjectProperty<@Nullable HistoryEntry> undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// What redo would do again; null when there is nothing.
    public ReadOnlyObjectProperty<@Nullable HistoryEntry> redoable() {
        return redoable.getReadOnlyProperty();
    }

    /// Whether undo would revert this action.
    ///
    /// @param action number of an action, or of the activity that repeated it
    boolean isNewest(long action) {
        Topology topology = host.topology().get();
        HistoryEntry newest = undoable.get();
        return topology != null
                && newest != null
                && topology.activity().stream()
                        .filter(entry -> entry.number() == action)
                        .anyMatch(entry -> newest.number()
                                == (entry.kind() == ActivityKind.REDO ? entry.refersTo() : entry.number()));
    }

    public void markSeen() {
        unseenFailures.set(0);
    }

    private void refresh() {
        Topology topology = host.topology().get();
        List<HistoryEntry> activity = topology == null ? List.of() : topology.activity();
        undoable.set(topology == null ? null : topology.undoable());
        redoable.set(topology == null ? null : topology.redoable());
        List<ActivityRow> fresh = new ArrayList<>();
        for (HistoryEntry entry : activity) {
            fresh.add(row(entry));
        }
        for (FailedAction failure : host.failures()) {
            String detail = RefusalText.joined(failure.sentence(), failure.advice());
            fresh.add(new ActivityRow(
                    0, failure.at(), ActivityRow.Kind.FAILED, failure.intent(), detail, List.of(), "", false));
        }
        fresh.sort(Comparator.comparing(ActivityRow::at)
                .thenComparingLong(ActivityRow::number)
                .reversed());
        if (!rows.equals(fresh)) {
            rows.setAll(fresh);
        }
    }

    private ActivityRow row(HistoryEntry entry) {
        HistoryEntry newest = undoable.get();
        return new ActivityRow(
                entry.number(),
                entry.at(),
                switch (entry.kind()) {
                    case ACTION, FINAL -> ActivityRow.Kind.DONE;
                    case UNDO -> ActivityRow.Kind.UNDONE;
                    case REDO -> ActivityRow.Kind.REDONE;
                    case OBSERVED -> ActivityRow.Kind.OBSERVED;
                },
                entry.title(),
                "",
                entry.steps(),
                DisplayFormat.duration(Duration.of(entry.micros(), ChronoUnit.MICROS)),
                newest != null && newest.number() == entry.number());
    }
}
