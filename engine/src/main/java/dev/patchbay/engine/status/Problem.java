package dev.patchbay.engine.status;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the kernel is not as the records say.
///
/// @param object the network, sandbox or endpoint that is not whole; null for what belongs to all of them or to none
/// @param words the names and figures that the sentence of this kind is about, in its order
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

    /// What is wrong, for a person, without a full stop.
    public String sentence() {
        return kind.sentence(words);
    }
}
