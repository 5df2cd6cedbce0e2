package dev.patchbay.engine.converge;

import dev.patchbay.engine.protocol.Problem;
import dev.patchbay.engine.spec.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that the kernel lacks or has too much, compared with the records, and the steps that mend it.
///
/// @param object as in [Problem]
public record Fault(@Nullable Id object, String sentence, List<Step> steps) {
    public Fault {
        steps = List.copyOf(steps);
    }

    static Fault of(@Nullable Id object, String sentence, Step... steps) {
        return new Fault(object, sentence, List.of(steps));
    }

    public Problem problem() {
        return new Problem(object, sentence, steps.stream().map(Step::planned).toList());
    }
}
