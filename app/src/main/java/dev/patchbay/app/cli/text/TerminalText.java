package dev.patchbay.app.cli.text;

import dev.patchbay.app.model.SafeText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Text of others (names, labels, titles, what an engine answers) on its way to a terminal: characters that a
/// terminal would obey, or that make a name read as another one, are escaped as [SafeText] says.
public final class TerminalText {
    private TerminalText() {}

    /// The text as part of one line or cell: tabs and line breaks are escaped, too.
    public static String escape(String text) {
        return SafeText.escapeAsJson(text);
    }

    /// Escapes all that is written but tabs and line breaks. Holds nothing back.
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
