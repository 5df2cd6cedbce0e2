package dev.patchbay.core.helper;

import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;

/// A change that fits the snapshot it was planned against.
///
/// @param output what Docker prints when it is done
/// @param title the command it equals
/// @param refersTo the activity that an undo or redo is about, 0 otherwise
/// @param stopping how commands are told to end that it stops
public record SpecPlan(
        SpecChange change, String output, String title, ActivityKind kind, long refersTo, StopMode stopping) {

    public static SpecPlan action(SpecChange change, String title) {
        return new SpecPlan(change, "", title, ActivityKind.ACTION, 0, StopMode.GRACEFUL);
    }
}
