package dev.patchbay.core.helper;

import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;

/// A change for the snapshot against which it was planned.
///
/// @param output what Docker prints after it
/// @param title the equivalent command
/// @param refersTo the activity that an undo or redo reverts or repeats, 0 otherwise
/// @param stopping how to stop the commands that it ends
public record SpecPlan(
        SpecChange change, String output, String title, ActivityKind kind, long refersTo, StopMode stopping) {

    public static SpecPlan action(SpecChange change, String title) {
        return new SpecPlan(change, "", title, ActivityKind.ACTION, 0, StopMode.GRACEFUL);
    }
}
