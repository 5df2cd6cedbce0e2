package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.RefusedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces variables as Compose does: `$NAME`, `${NAME}`, with a default (`:-`, `-`), a replacement
/// (`:+`, `+`) or a required value (`:?`, `?`); the operators with a colon treat an empty value as
/// unset. `$$` is a dollar.
public final class Interpolation {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_DEPTH = 8;

    private final Map<String, String> environment;
    private final SequencedSet<String> unset = new LinkedHashSet<>();

    public Interpolation(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Variables without a value and without a default, each once.
    public List<String> unset() {
        return List.copyOf(unset);
    }

    String substitute(String text, SourceLocation place) throws RefusedException {
        return text.indexOf('$') < 0 ? text : substitute(text, place, 0);
    }

    private String substitute(String text, SourceLocation place, int depth) throws RefusedException {
        if (depth > MAX_DEPTH) {
            throw ComposeRefusals.badVariable(place, text);
        }
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$') {
                filled.append(c);
                at++;
            } else if (text.startsWith("$$", at)) {
                filled.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = closingBrace(text, at + 2);
                if (end < 0) {
                    throw ComposeRefusals.badVariable(place, text);
                }
                filled.append(expandBraced(text.substring(at + 2, end), place, depth));
                at = end + 1;
            } else {
                String name = nameAt(text, at + 1);
                if (name.isEmpty()) {
                    throw ComposeRefusals.badVariable(place, text);
                }
                filled.append(valueOrEmpty(name));
                at += 1 + name.length();
            }
        }
        return filled.toString();
    }

    private String expandBraced(String inside, SourceLocation place, int depth) throws RefusedException {
        String name = nameAt(inside, 0);
        String rest = inside.substring(name.length());
        if (name.isEmpty()) {
            throw ComposeRefusals.badVariable(place, "${" + inside + "}");
        }
        if (rest.isEmpty()) {
            return valueOrEmpty(name);
        }
        boolean emptyIsUnset = rest.startsWith(":");
        String operation = emptyIsUnset ? rest.substring(1) : rest;
        @Nullable String value = environment.get(name);
        boolean set = value != null && !(emptyIsUnset && value.isEmpty());
        String word = operation.isEmpty() ? "" : operation.substring(1);
        return switch (operation.isEmpty() ? ' ' : operation.charAt(0)) {
            case '-' -> set && value != null ? value : substitute(word, place, depth + 1);
            case '+' -> set ? substitute(word, place, depth + 1) : "";
            case '?' -> {
                if (!set || value == null) {
                    throw ComposeRefusals.variableRequired(place, name, substitute(word, place, depth + 1));
                }
                yield value;
            }
            default -> throw ComposeRefusals.badVariable(place, "${" + inside + "}");
        };
    }

    private String valueOrEmpty(String name) {
        String value = environment.get(name);
        if (value == null) {
            unset.add(name);
            return "";
        }
        return value;
    }

    private static String nameAt(String text, int start) {
        Matcher matcher = NAME.matcher(text).region(start, text.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    /// The closing brace for the one before `start`; -1 when it is missing.
    private static int closingBrace(String text, int start) {
        int open = 1;
        for (int at = start; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                open++;
                at++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        return -1;
    }
}
