package dev.patchbay.engine.status;

import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.time.Instant;
import java.util.List;

/// One change that was made.
///
/// @param number counts up from 1
/// @param refersTo the number of the action that an undo or redo is about; 0 otherwise
/// @param title the command that the change equals
/// @param inverse what undoes it
/// @param endings of the commands that it stopped, or that made it necessary
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

    /// The most that the entries which are kept may weigh together, the newest aside.
    public static final long MAX_TEXT_SIZE = 4 << 20;

    public ActivityEntry {
        steps = List.copyOf(steps);
        endings = List.copyOf(endings);
    }

    /// About how many bytes of a person's own text it holds.
    public long textSize() {
        return change.textSize() + inverse.textSize();
    }

    /// An equal entry that holds these specs' own objects, see [SpecChange#deduplicated].
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
