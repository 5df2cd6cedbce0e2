package dev.patchbay.app.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A token inside `{{ }}`.
///
/// @param column its position in the template, from 0
record Token(Kind kind, String text, int column) {

    enum Kind {
        FIELD("\\.[\\p{L}_][\\p{L}\\p{N}_]*"),
        DOT("\\."),
        VARIABLE("\\$[\\p{L}\\p{N}_]*"),
        // Possessive, because backtracking would call a method for each character.
        STRING("\"(?:[^\"\\\\\\n]|\\\\.)*+\""),
        RAW_STRING("`[^`]*`"),
        NUMBER("[-+]?[0-9]+"),
        WORD("[\\p{L}_][\\p{L}\\p{N}_]*"),
        DECLARE(":="),
        COMMA(","),
        OPEN("\\("),
        CLOSE("\\)"),
        BLANK("\\s+"),
        OTHER("\\S");

        private final Pattern pattern;

        Kind(String regex) {
            pattern = Pattern.compile(regex);
        }
    }

    /// @param start position of the text in the template
    static List<Token> split(String text, int start) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Token token = first(text, at, start);
            tokens.add(token);
            at += token.text().length();
        }
        return tokens;
    }

    private static Token first(String text, int at, int start) {
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.pattern.matcher(text).region(at, text.length());
            if (matcher.lookingAt()) {
                return new Token(kind, matcher.group(), start + at);
            }
        }
        throw new IllegalStateException("every character is a token");
    }
}
