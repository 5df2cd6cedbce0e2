package dev.patchbay.app.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// An expression of a template.
sealed interface Expression {

    /// `.`
    record Dot() implements Expression {}

    /// `$` (the whole document, named empty) or `$name`.
    record Variable(String name) implements Expression {}

    record Literal(JsonNode value) implements Expression {}

    /// @param source as written, for the error message
    /// @param column where Go reports the error
    record Path(Expression base, List<String> keys, String source, int column) implements Expression {
        public Path {
            keys = List.copyOf(keys);
        }
    }

    /// `.Label "key"`: a function of the document with one argument.
    record Call(String function, Expression argument, int column) implements Expression {}

    record Json(Expression argument) implements Expression {}

    record Index(Expression base, List<Expression> keys, String source, int column) implements Expression {
        public Index {
            keys = List.copyOf(keys);
        }
    }
}
