package dev.patchbay.engine.status;

import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.time.Instant;
import java.util.List;

/// One change that was made.
///
/// @param number counts from 1
/// @param refersTo the number of the action that this undo or redo reverts or repeats; 0 otherwise
/// @param title the equivalent command
/// @param inverse the change that undoes it
/// @param endings exits of the commands that it stopped, or that caused it
public record ActivityEntry(
        long number,
        Instant at,
        ActivityKind kind,
        long refersTo,
        String title,
        List<PlannedStep> steps,
        long micros,
        SpecChange change,
        SpecChange inverse,
        List<CommandExit> endings) {
    /// How many entries the helper keeps.
    public static final int MAX_ENTRIES = 200;

    /// Maximum text of all kept entries together, without the newest one.
    public static final long MAX_TEXT_SIZE = 4 << 20;

    public ActivityEntry {
        steps = List.copyOf(steps);
        endings = List.copyOf(endings);
    }

    /// The approximate size of the person's text in it, in bytes.
    public long textSize() {
        return change.textSize() + inverse.textSize();
    }

    /// An equal entry that uses the objects of these specs, see [SpecChange#deduplicated].
    public ActivityEntry deduplicated(Specs specs) {
        return new ActivityEntry(
                number,
                at,
                kind,
                refersTo,
                title,
                steps,
                micros,
                change.deduplicated(specs),
                inverse.deduplicated(specs),
                endings);
    }
}
