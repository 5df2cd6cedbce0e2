package dev.patchbay.core.model;

import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;

/// The result of a change or of its preview.
public sealed interface Outcome {

    /// @param output what Docker prints on success: an id, a name, or nothing (empty)
    /// @param title the equivalent command
    /// @param activity its number in the activity list, 0 for a preview
    record Done(String output, String title, List<PlannedStep> steps, long activity) implements Outcome {
        public List<String> commandLines() {
            return steps.stream().flatMap(step -> step.lines().stream()).toList();
        }
    }

    record Refused(Refusal refusal) implements Outcome {}
}
