package dev.patchbay.core.compose;

import java.util.ArrayList;
import java.util.List;

/// Splits a command in one text into its words as a shell does: blanks, both quotes and the backslash
/// are special, nothing else is.
final class ShellWordSplitter {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private ShellWordSplitter(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when a quote is not closed
    static List<String> of(String text) {
        return new ShellWordSplitter(text).split();
    }

    private List<String> split() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            switch (c) {
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> append(next());
                case ' ', '\t', '\n', '\r' -> endWord();
                default -> append(c);
            }
        }
        endWord();
        return words;
    }

    private void singleQuoted() {
        inWord = true;
        for (char c = next(); c != '\''; c = next()) {
            word.append(c);
        }
    }

    private void doubleQuoted() {
        inWord = true;
        for (char c = next(); c != '"'; c = next()) {
            boolean escape = c == '\\' && position < text.length() && "\"\\$`".indexOf(text.charAt(position)) >= 0;
            word.append(escape ? next() : c);
        }
    }

    private char next() {
        if (position >= text.length()) {
            throw new IllegalArgumentException("a quote or backslash has no end");
        }
        return text.charAt(position++);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
