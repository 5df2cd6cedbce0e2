package dev.patchbay.app.activity;

import dev.patchbay.engine.status.PlannedStep;
import java.time.Instant;
import java.util.List;

/// One line of Activity: something that was done, or that failed.
///
/// @param number of the action, 0 for a failure
/// @param title the command it equals; for a failure what was wanted
/// @param detail what went wrong and what to do about it, empty for what was done
/// @param duration empty for a failure
/// @param newest it is what undo would take back
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
