package dev.patchbay.engine.status;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A difference between kernel and records.
///
/// @param object the network, sandbox or endpoint; null for a problem of all or of none
/// @param words the arguments of the sentence of this kind, in its order
/// @param steps of a repair
public record Problem(
        @JsonSetter(nulls = Nulls.SET) @Nullable Id object,
        ProblemKind kind,
        List<String> words,
        List<PlannedStep> steps) {
    public Problem {
        words = List.copyOf(words);
        steps = List.copyOf(steps);
    }

    /// The problem in a sentence for a person, without a full stop.
    public String sentence() {
        return kind.sentence(words);
    }
}
