package dev.patchbay.app.activity;

import dev.patchbay.engine.status.PlannedStep;
import java.time.Instant;
import java.util.List;

/// One row of the activity list: an action or a failure.
///
/// @param number of the action, 0 for a failure
/// @param title the equivalent command; for a failure what was intended
/// @param detail the cause of a failure and the advice; empty for an action
/// @param duration empty for a failure
/// @param newest whether undo would revert this action
public record ActivityRow(
        long number,
        Instant at,
        Kind kind,
        String title,
        String detail,
        List<PlannedStep> steps,
        String duration,
        boolean newest) {
    public enum Kind {
        DONE,
        UNDONE,
        REDONE,
        OBSERVED,
        FAILED
    }
}
