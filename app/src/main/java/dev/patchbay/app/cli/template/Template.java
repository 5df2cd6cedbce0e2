package dev.patchbay.app.cli.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A parsed template, which can be applied to any number of documents.
public final class Template {
    /// Parsing and evaluation recurse for each level.
    static final int MAX_DEPTH = 100;

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<TemplateNode> parts;

    private Template(List<TemplateNode> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Template parse(String text) throws TemplateException {
        Parser reader = new Parser(text);
        List<TemplateNode> parts = reader.parseNodes(Set.of(), false);
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
        return new TemplateException("template: :1: " + what + " are nested more than " + MAX_DEPTH + " deep");
    }

    private static final class Parser {
        private final String text;
        private int position;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        /// @param inside whether an `end` must close the parts
        List<TemplateNode> parseNodes(Set<String> variables, boolean inside) throws TemplateException {
            List<TemplateNode> parts = new ArrayList<>();
            while (position < text.length()) {
                int open = text.indexOf(OPEN, position);
                if (open < 0) {
                    parts.add(new TemplateNode.Text(text.substring(position)));
                    position = text.length();
                    break;
                }
                if (open > position) {
                    parts.add(new TemplateNode.Text(text.substring(position, open)));
                }
                ActionParser action = nextAction(open, variables);
                if (action.acceptKeyword("end")) {
                    action.expectEnd();
                    if (!inside) {
                        throw new TemplateException("template: :1: unexpected {{end}}");
                    }
                    return parts;
                }
                parts.add(parseNode(action, open, variables));
            }
            if (inside) {
                throw new TemplateException("template: :1: unexpected EOF: a range has no {{end}}");
            }
            return parts;
        }

        private ActionParser nextAction(int open, Set<String> variables) throws TemplateException {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new TemplateException("template: :1: unclosed action");
            }
            position = close + CLOSE.length();
            return new ActionParser(text.substring(open + OPEN.length(), close), open + OPEN.length(), variables);
        }

        private TemplateNode parseNode(ActionParser action, int open, Set<String> variables) throws TemplateException {
            if (!action.acceptKeyword("range")) {
                Expression value = action.expression();
                action.expectEnd();
                return new TemplateNode.Print(value);
            }
            List<String> names = action.parseDeclaration();
            Expression over = action.expression();
            action.expectEnd();
            Set<String> within = new HashSet<>(variables);
            within.addAll(names);
            if (++depth > MAX_DEPTH) {
                throw tooDeep("ranges");
            }
            List<TemplateNode> body = parseNodes(within, true);
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
