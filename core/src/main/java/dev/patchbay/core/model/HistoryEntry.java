package dev.patchbay.core.model;

import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.time.Instant;
import java.util.List;

/// One action on a host.
///
/// @param number counts up from 1
/// @param refersTo the number of the action that an undo or redo is about; 0 otherwise
/// @param title the command that the action equals
public record HistoryEntry(
        long number, Instant at, ActivityKind kind, long refersTo, String title, List<PlannedStep> steps, long micros) {
    /// As many as a host remembers.
    public static final int MAX_ENTRIES = ActivityEntry.MAX_ENTRIES;

    public HistoryEntry {
        steps = List.copyOf(steps);
    }

    /// Of a Lab, whose helper keeps more of it.
    public static List<HistoryEntry> of(List<ActivityEntry> activity) {
        return activity.stream()
                .map(entry -> new HistoryEntry(
                        entry.number(),
                        entry.at(),
                        entry.kind(),
                        entry.refersTo(),
                        entry.title(),
                        entry.steps(),
                        entry.micros()))
                .toList();
    }

    public HistoryEntry withKind(ActivityKind other) {
        return new HistoryEntry(number, at, other, refersTo, title, steps, micros);
    }
}
