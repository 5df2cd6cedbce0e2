package dev.patchbay.app.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.app.cli.text.TerminalText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Evaluates a template for one document.
final class TemplateEvaluator {
    private final StringBuilder output;
    private final JsonNode dot;
    private final Map<String, JsonNode> variables;
    private final Map<String, UnaryOperator<String>> functions;

    private TemplateEvaluator(
            StringBuilder output,
            JsonNode dot,
            Map<String, JsonNode> variables,
            Map<String, UnaryOperator<String>> functions) {
        this.output = output;
        this.dot = dot;
        this.variables = variables;
        this.functions = functions;
    }

    static String of(List<TemplateNode> parts, JsonNode document, Map<String, UnaryOperator<String>> functions)
            throws TemplateException {
        StringBuilder output = new StringBuilder();
        new TemplateEvaluator(output, document, Map.of("", document), functions).evaluate(parts);
        return output.toString();
    }

    private void evaluate(List<TemplateNode> parts) throws TemplateException {
        for (TemplateNode part : parts) {
            switch (part) {
                case TemplateNode.Text text -> output.append(text.text());
                case TemplateNode.Print print -> output.append(render(print.value()));
                case TemplateNode.Range range -> range(range);
            }
        }
    }

    /// Text from the document must not break lines or columns; text of the template itself may.
    private String render(Expression expression) throws TemplateException {
        JsonNode value = value(expression);
        return expression instanceof Expression.Literal || expression instanceof Expression.Json
                ? value.asText()
                : text(value);
    }

    private void range(TemplateNode.Range range) throws TemplateException {
        JsonNode over = value(range.over());
        if (over.isObject()) {
            for (Map.Entry<String, JsonNode> entry : sorted(over).entrySet()) {
                evaluateBody(range, TextNode.valueOf(entry.getKey()), entry.getValue());
            }
        } else if (over.isArray()) {
            for (int i = 0; i < over.size(); i++) {
                evaluateBody(range, IntNode.valueOf(i), over.get(i));
            }
        } else if (!over.isNull() && !over.isMissingNode()) {
            throw new TemplateException("template: :1:%d: executing \"\": range can't iterate over %s"
                    .formatted(range.column(), text(over)));
        }
    }

    private void evaluateBody(TemplateNode.Range range, JsonNode key, JsonNode element) throws TemplateException {
        Map<String, JsonNode> inner = new HashMap<>(variables);
        if (range.key() != null) {
            inner.put(range.key(), key);
        }
        if (range.element() != null) {
            inner.put(range.element(), element);
        }
        new TemplateEvaluator(output, element, inner, functions).evaluate(range.body());
    }

    private JsonNode value(Expression expression) throws TemplateException {
        return switch (expression) {
            case Expression.Dot ignored -> dot;
            case Expression.Variable variable -> variables.getOrDefault(variable.name(), MissingNode.getInstance());
            case Expression.Literal literal -> literal.value();
            case Expression.Call call -> call(call);
            case Expression.Json json -> TextNode.valueOf(json(value(json.argument())));
            case Expression.Path path -> path(path);
            case Expression.Index index -> index(index);
        };
    }

    private JsonNode call(Expression.Call call) throws TemplateException {
        UnaryOperator<String> function = functions.get(call.function());
        if (function == null) {
            throw failureAt(
                    call.column(), "." + call.function(), call.function() + " is not a method but has arguments");
        }
        return TextNode.valueOf(function.apply(value(call.argument()).asText()));
    }

    private static String json(JsonNode node) {
        return node.isMissingNode() ? "null" : node.toString();
    }

    private JsonNode path(Expression.Path path) throws TemplateException {
        JsonNode node = value(path.base());
        for (String key : path.keys()) {
            if (node.isNull() || node.isMissingNode()) {
                throw failureAt(path.column(), path.source(), "nil pointer evaluating interface {}." + key);
            }
            if (!node.isObject()) {
                throw failureAt(path.column(), path.source(), "can't evaluate field " + key + " in " + text(node));
            }
            if (!node.has(key)) {
                throw failureAt(path.column(), path.source(), "map has no entry for key \"" + key + "\"");
            }
            node = node.path(key);
        }
        return node;
    }

    private JsonNode index(Expression.Index index) throws TemplateException {
        JsonNode node = value(index.base());
        for (Expression keyExpression : index.keys()) {
            JsonNode key = value(keyExpression);
            if (node.isObject() && key.isTextual()) {
                node = node.path(key.textValue());
            } else if (node.isArray() && key.isInt()) {
                if (key.intValue() < 0 || key.intValue() >= node.size()) {
                    throw failureAt(
                            index.column(),
                            index.source(),
                            "error calling index: index out of range: " + key.intValue());
                }
                node = node.path(key.intValue());
            } else if (node.isNull() || node.isMissingNode()) {
                throw failureAt(index.column(), index.source(), "error calling index: index of untyped nil");
            } else {
                throw failureAt(
                        index.column(),
                        index.source(),
                        "error calling index: can't index " + text(node) + " with " + text(key));
            }
        }
        return node;
    }

    private static TemplateException failureAt(int column, String source, String what) {
        return new TemplateException("template: :1:%d: executing \"\" at <%s>: %s".formatted(column, source, what));
    }

    /// A value as Go prints it, with its control characters escaped.
    private static String text(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return "<no value>";
        }
        if (node.isObject()) {
            return sorted(node).entrySet().stream()
                    .map(entry -> TerminalText.escape(entry.getKey()) + ":" + text(entry.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(TemplateEvaluator::text)
                    .collect(Collectors.joining(" ", "[", "]"));
        }
        return TerminalText.escape(node.asText());
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
