package dev.patchbay.engine.drift;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.step.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One difference between kernel and records, with the steps that repair it.
///
/// @param object as in [Problem]
/// @param arguments as in [Problem]
public record Drift(@Nullable Id object, ProblemKind kind, List<String> arguments, List<Step> steps) {
    public Drift {
        arguments = List.copyOf(arguments);
        steps = List.copyOf(steps);
    }

    static Drift of(@Nullable Id object, ProblemKind kind, List<String> words, Step... steps) {
        return new Drift(object, kind, words, List.of(steps));
    }

    public Problem toProblem() {
        return new Problem(
                object, kind, arguments, steps.stream().map(Step::planned).toList());
    }
}
