package dev.patchbay.app.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a template.
sealed interface TemplateNode {

    record Text(String text) implements TemplateNode {}

    record Print(Expression value) implements TemplateNode {}

    /// @param key variable for the key or index; null when the template names none
    /// @param element variable for the element; null when only the dot has it
    record Range(@Nullable String key, @Nullable String element, Expression over, List<TemplateNode> body, int column)
            implements TemplateNode {
        public Range {
            body = List.copyOf(body);
        }
    }
}
