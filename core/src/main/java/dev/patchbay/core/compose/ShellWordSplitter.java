package dev.patchbay.core.compose;

import java.util.ArrayList;
import java.util.List;

/// Splits a command that is written as one text into its words as a shell would, without being one: blanks, both
/// quotes and the backslash mean something, nothing else does.
final class ShellWordSplitter {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private int at;

    private ShellWordSplitter(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when a quote is not closed
    static List<String> of(String text) {
        return new ShellWordSplitter(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\'' -> single();
                case '"' -> twofold();
                case '\\' -> take(next());
                case ' ', '\t', '\n', '\r' -> end();
                default -> take(c);
            }
        }
        end();
        return words;
    }

    private void single() {
        begun = true;
        for (char c = next(); c != '\''; c = next()) {
            word.append(c);
        }
    }

    private void twofold() {
        begun = true;
        for (char c = next(); c != '"'; c = next()) {
            boolean escape = c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
            word.append(escape ? next() : c);
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("a quote or backslash has no end");
        }
        return text.charAt(at++);
    }

    private void take(char c) {
        begun = true;
        word.append(c);
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }
}
