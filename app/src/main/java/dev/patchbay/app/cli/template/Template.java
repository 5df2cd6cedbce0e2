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

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Template parse(String text) throws TemplateException {
        Reader reader = new Reader(text);
        List<Part> parts = reader.parts(Set.of(), false);
        return new Template(parts);
    }

    public String apply(JsonNode document) throws TemplateException {
        return apply(document, Map.of());
    }

    /// @param functions of the document, by name, as `Label` of `.Label "key"`
    public String apply(JsonNode document, Map<String, UnaryOperator<String>> functions) throws TemplateException {
        return Evaluation.of(parts, document, functions);
    }

    static TemplateException tooDeep(String what) {
        return new TemplateException("template: :1: " + what + " are nested more than " + DEEPEST + " deep");
    }

    private static final class Reader {
        private final String text;
        private int at;
        private int depth;

        Reader(String text) {
            this.text = text;
        }

        /// @param inside whether an `end` must close the parts
        List<Part> parts(Set<String> variables, boolean inside) throws TemplateException {
            List<Part> parts = new ArrayList<>();
            while (at < text.length()) {
                int open = text.indexOf(OPEN, at);
                if (open < 0) {
                    parts.add(new Part.Text(text.substring(at)));
                    at = text.length();
                    break;
                }
                if (open > at) {
                    parts.add(new Part.Text(text.substring(at, open)));
                }
                Action action = action(open, variables);
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

        private Action action(int open, Set<String> variables) throws TemplateException {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new TemplateException("template: :1: unclosed action");
            }
            at = close + CLOSE.length();
            return new Action(text.substring(open + OPEN.length(), close), open + OPEN.length(), variables);
        }

        private Part part(Action action, int open, Set<String> variables) throws TemplateException {
            if (!action.takeWord("range")) {
                Expression value = action.expression();
                action.end();
                return new Part.Print(value);
            }
            List<String> names = action.declared();
            Expression over = action.expression();
            action.end();
            Set<String> within = new HashSet<>(variables);
            within.addAll(names);
            if (++depth > DEEPEST) {
                throw tooDeep("ranges");
            }
            List<Part> body = parts(within, true);
            depth--;
            return new Part.Range(
                    names.size() == 2 ? names.getFirst() : null,
                    names.isEmpty() ? null : names.getLast(),
                    over,
                    body,
                    open + OPEN.length());
        }
    }
}
