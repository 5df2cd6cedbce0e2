package dev.patchbay.app.cli.template;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.app.cli.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses the words of one `{{ }}`.
final class ActionParser {
    private static final Set<String> KEYWORDS =
            Set.of("if", "else", "with", "block", "define", "template", "break", "continue", "nil", "true", "false");

    private final List<Token> tokens;
    private final Set<String> variables;
    private int position;
    private int depth;

    /// @param variables that are in scope, without their `$`
    ActionParser(String text, int column, Set<String> variables) {
        this.tokens = Token.split(text, column);
        this.variables = variables;
        skipBlanks();
    }

    /// Consumes this word if the action begins with it, and returns whether it did.
    boolean acceptKeyword(String word) {
        Token token = peek();
        if (token == null || token.kind() != Kind.WORD || !token.text().equals(word)) {
            return false;
        }
        position++;
        skipBlanks();
        return true;
    }

    /// `$k, $v :=` of a range; empty when there is none.
    List<String> parseDeclaration() throws TemplateException {
        if (tokens.stream().noneMatch(token -> token.kind() == Kind.DECLARE)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        names.add(name(expect(Kind.VARIABLE)));
        Token next = peek();
        if (next != null && next.kind() == Kind.COMMA) {
            expect(Kind.COMMA);
            names.add(name(expect(Kind.VARIABLE)));
        }
        expect(Kind.DECLARE);
        return names;
    }

    void expectEnd() throws TemplateException {
        Token token = peek();
        if (token != null) {
            throw unexpected(token);
        }
    }

    /// One value: an operand, or a function with its arguments.
    Expression expression() throws TemplateException {
        Token token = peek();
        if (token == null) {
            throw new TemplateException("template: :1: missing value for command");
        }
        if (token.kind() != Kind.WORD) {
            return operandOrCall(token);
        }
        position++;
        skipBlanks();
        return switch (token.text()) {
            case "json" -> new Expression.Json(operand());
            case "index" -> index(token);
            default -> throw unknown(token);
        };
    }

    private Expression operandOrCall(Token token) throws TemplateException {
        Expression operand = operand();
        Token next = peek();
        if (next == null
                || next.kind() == Kind.CLOSE
                || !(operand instanceof Expression.Path path)
                || token.kind() != Kind.FIELD
                || path.keys().size() != 1) {
            return operand;
        }
        return new Expression.Call(path.keys().getFirst(), operand(), path.column());
    }

    private Expression index(Token word) throws TemplateException {
        Expression base = operand();
        List<Expression> keys = new ArrayList<>();
        Token next = peek();
        while (next != null && next.kind() != Kind.CLOSE) {
            keys.add(operand());
            next = peek();
        }
        return new Expression.Index(base, keys, "index", word.column());
    }

    private Expression operand() throws TemplateException {
        Token token = peek();
        if (token == null) {
            throw new TemplateException("template: :1: missing value for command");
        }
        if (token.kind() == Kind.FIELD) {
            return path(new Expression.Dot(), "", token);
        }
        position++;
        Expression operand = switch (token.kind()) {
            case DOT -> new Expression.Dot();
            case VARIABLE -> variable(token);
            case STRING -> new Expression.Literal(TextNode.valueOf(unquote(token.text())));
            case RAW_STRING ->
                new Expression.Literal(
                        TextNode.valueOf(token.text().substring(1, token.text().length() - 1)));
            case NUMBER -> new Expression.Literal(number(token));
            case OPEN -> parenthesis();
            case WORD -> throw unknown(token);
            case FIELD, DECLARE, COMMA, CLOSE, BLANK, OTHER -> throw unexpected(token);
        };
        return path(operand, token.text(), token);
    }

    /// The fields directly after an operand.
    private Expression path(Expression base, String written, Token first) throws TemplateException {
        List<String> keys = new ArrayList<>();
        StringBuilder source = new StringBuilder(written);
        int column = first.column();
        while (position < tokens.size() && tokens.get(position).kind() == Kind.FIELD) {
            Token field = tokens.get(position++);
            if (keys.size() < 2) { // Go reports the position of the second field, or of the only one
                column = field.column();
            }
            keys.add(field.text().substring(1));
            source.append(field.text());
        }
        if (position < tokens.size()
                && !Set.of(Kind.BLANK, Kind.CLOSE, Kind.COMMA)
                        .contains(tokens.get(position).kind())) {
            throw unexpected(tokens.get(position));
        }
        skipBlanks();
        return keys.isEmpty() ? base : new Expression.Path(base, keys, source.toString(), column);
    }

    private Expression parenthesis() throws TemplateException {
        if (++depth > Template.MAX_DEPTH) {
            throw Template.tooDeep("parentheses");
        }
        skipBlanks();
        Expression inner = expression();
        depth--;
        if (position >= tokens.size() || tokens.get(position).kind() != Kind.CLOSE) {
            throw new TemplateException("template: :1: unclosed left paren");
        }
        position++;
        return inner;
    }

    private Expression variable(Token token) throws TemplateException {
        String name = name(token);
        if (!name.isEmpty() && !variables.contains(name)) {
            throw new TemplateException("template: :1: undefined variable \"$" + name + "\"");
        }
        return new Expression.Variable(name);
    }

    private static String name(Token token) {
        return token.text().substring(1);
    }

    private static IntNode number(Token token) throws TemplateException {
        try {
            return IntNode.valueOf(Integer.parseInt(token.text()));
        } catch (NumberFormatException e) {
            throw new TemplateException("template: :1: illegal number syntax: \"" + token.text() + "\"");
        }
    }

    private static String unquote(String quoted) {
        return quoted.substring(1, quoted.length() - 1)
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }

    private Token expect(Kind kind) throws TemplateException {
        Token token = peek();
        if (token == null) {
            throw new TemplateException("template: :1: unexpected \"}}\" in range");
        }
        if (token.kind() != kind) {
            throw unexpected(token);
        }
        position++;
        skipBlanks();
        return token;
    }

    private @Nullable Token peek() {
        return position < tokens.size() ? tokens.get(position) : null;
    }

    private void skipBlanks() {
        while (position < tokens.size() && tokens.get(position).kind() == Kind.BLANK) {
            position++;
        }
    }

    private static TemplateException unknown(Token token) {
        return KEYWORDS.contains(token.text())
                ? new TemplateException("template: :1: \"" + token.text() + "\" is not supported: " + SUPPORTED)
                : new TemplateException("template: :1: function \"" + token.text() + "\" not defined: " + SUPPORTED);
    }

    private static TemplateException unexpected(Token token) {
        return new TemplateException("template: :1: unexpected \"" + token.text() + "\" in command: " + SUPPORTED);
    }

    private static final String SUPPORTED = "Patchbay knows paths like .A.B, json, index and range … end";
}
