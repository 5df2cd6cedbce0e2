package dev.patchbay.app.cli.text;

import dev.patchbay.app.model.SafeText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Escapes text from outside (names, labels, titles, answers of an engine) before it reaches a terminal:
/// characters that control a terminal, or that make a name look like another one, are escaped as in
/// [SafeText].
public final class TerminalText {
    private TerminalText() {}

    /// Escapes for one line or cell: also tabs and line breaks.
    public static String escape(String text) {
        return SafeText.escapeAsJson(text);
    }

    /// Escapes everything except tabs and line breaks. Does not buffer.
    public static Writer escapingWriter(Writer out) {
        return new FilterWriter(out) {
            @Override
            public void write(int c) throws IOException {
                write(String.valueOf((char) c));
            }

            @Override
            public void write(char[] characters, int from, int length) throws IOException {
                write(new String(characters, from, length), 0, length);
            }

            @Override
            public void write(String text, int from, int length) throws IOException {
                int written = from;
                for (int at = from; at < from + length; at++) {
                    char c = text.charAt(at);
                    if (!SafeText.isSafe(c) && !Character.isSurrogate(c) && c != '\n' && c != '\t') {
                        out.write(text, written, at - written);
                        out.write(escape(String.valueOf(c)));
                        written = at + 1;
                    }
                }
                out.write(text, written, from + length - written);
            }
        };
    }
}
