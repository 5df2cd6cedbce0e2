package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.spec.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the kernel is not as the records say.
///
/// @param object the network, sandbox or endpoint that is not whole; null for what belongs to all of them or to none
/// @param sentence what is wrong, for a person
/// @param steps of a repair
public record Problem(
        @JsonSetter(nulls = Nulls.SET) @Nullable Id object, String sentence, List<PlannedStep> steps) {
    public Problem {
        steps = List.copyOf(steps);
    }
}
