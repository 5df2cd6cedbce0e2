package dev.patchbay.app.cli.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Text of others (names, labels, titles, what an engine answers) on its way to a terminal: characters that a
/// terminal would obey are written as JSON writes them, `\u001b`, so that JSON stays JSON.
///
/// Escaped are C0, DEL and C1 (`Character#isISOControl`), Unicode's line separators, and the characters with its
/// property Bidi_Control, which make a name read as another one.
public final class TerminalText {
    private TerminalText() {}

    /// The text as part of one line or cell: tabs and line breaks are escaped, too.
    public static String escape(String text) {
        if (text.chars().noneMatch(c -> isControl((char) c))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> append((char) c, escaped));
        return escaped.toString();
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
                    if (isControl(c) && c != '\n' && c != '\t') {
                        out.write(text, written, at - written);
                        out.write(escape(String.valueOf(c)));
                        written = at + 1;
                    }
                }
                out.write(text, written, from + length - written);
            }
        };
    }

    private static void append(char c, StringBuilder escaped) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
                if (isControl(c)) {
                    escaped.append("\\u%04x".formatted((int) c));
                } else {
                    escaped.append(c);
                }
            }
        }
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || (c >= '\u200e' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
