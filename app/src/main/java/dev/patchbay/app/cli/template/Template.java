package dev.patchbay.app.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A template that has been read and may be applied to any number of documents.
public final class Template {
    /// Reading and applying call themselves for each level.
    static final int DEEPEST = 100;

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<TemplateNode> parts;

    private Template(List<TemplateNode> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Template parse(String text) throws TemplateException {
        Parser reader = new Parser(text);
        List<TemplateNode> parts = reader.parts(Set.of(), false);
        return new Template(parts);
    }

    public String apply(JsonNode document) throws TemplateException {
        return apply(document, Map.of());
    }

    /// @param functions of the document, by name, as `Label` of `.Label "key"`
    public String apply(JsonNode document, Map<String, UnaryOperator<String>> functions) throws TemplateException {
        return TemplateEvaluator.of(parts, document, functions);
    }

    static TemplateException tooDeep(String what) {
        return new TemplateException("template: :1: " + what + " are nested more than " + DEEPEST + " deep");
    }

    private static final class Parser {
        private final String text;
        private int at;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        /// @param inside whether an `end` must close the parts
        List<TemplateNode> parts(Set<String> variables, boolean inside) throws TemplateException {
            List<TemplateNode> parts = new ArrayList<>();
            while (at < text.length()) {
                int open = text.indexOf(OPEN, at);
                if (open < 0) {
                    parts.add(new TemplateNode.Text(text.substring(at)));
                    at = text.length();
                    break;
                }
                if (open > at) {
                    parts.add(new TemplateNode.Text(text.substring(at, open)));
                }
                ActionParser action = action(open, variables);
                if (action.takeWord("end")) {
                    action.end();
                    if (!inside) {
                        throw new TemplateException("template: :1: unexpected {{end}}");
                    }
                    return parts;
                }
                parts.add(part(action, open, variables));
            }
            if (inside) {
                throw new TemplateException("template: :1: unexpected EOF: a range has no {{end}}");
            }
            return parts;
        }

        private ActionParser action(int open, Set<String> variables) throws TemplateException {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new TemplateException("template: :1: unclosed action");
            }
            at = close + CLOSE.length();
            return new ActionParser(text.substring(open + OPEN.length(), close), open + OPEN.length(), variables);
        }

        private TemplateNode part(ActionParser action, int open, Set<String> variables) throws TemplateException {
            if (!action.takeWord("range")) {
                Expression value = action.expression();
                action.end();
                return new TemplateNode.Print(value);
            }
            List<String> names = action.declared();
            Expression over = action.expression();
            action.end();
            Set<String> within = new HashSet<>(variables);
            within.addAll(names);
            if (++depth > DEEPEST) {
                throw tooDeep("ranges");
            }
            List<TemplateNode> body = parts(within, true);
            depth--;
            return new TemplateNode.Range(
                    names.size() == 2 ? names.getFirst() : null,
                    names.isEmpty() ? null : names.getLast(),
                    over,
                    body,
                    open + OPEN.length());
        }
    }
}
