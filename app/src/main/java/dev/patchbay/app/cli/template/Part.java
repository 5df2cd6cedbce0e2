package dev.patchbay.app.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a template.
sealed interface Part {

    record Text(String text) implements Part {}

    record Print(Expression value) implements Part {}

    /// @param key variable for the key or index; null when none is asked for
    /// @param element variable for the element; null when only the dot has it
    record Range(@Nullable String key, @Nullable String element, Expression over, List<Part> body, int column)
            implements Part {
        public Range {
            body = List.copyOf(body);
        }
    }
}
