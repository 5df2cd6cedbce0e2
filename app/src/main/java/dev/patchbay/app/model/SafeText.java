package dev.patchbay.app.model;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Makes text safe and short enough to draw.
public final class SafeText {
    /// A longer text loses code points in its middle.
    public static final int MAX_LENGTH = 64;

    private SafeText() {}

    /// Escapes every character that could hide, reorder or break a line of text as `<U+202E>`, and
    /// shortens the text to [#MAX_LENGTH].
    public static String escapeAndShorten(String text) {
        int points = text.codePointCount(0, text.length());
        if (points <= MAX_LENGTH) {
            return escape(text);
        }
        String head = text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH / 2));
        String tail = text.substring(text.offsetByCodePoints(text.length(), 1 - MAX_LENGTH / 2));
        return escape(head) + '…' + escape(tail);
    }

    /// Escapes as [#escapeAndShorten] does, but keeps the length.
    public static String escape(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isSafe(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append("<U+%04X>".formatted(point));
            }
        });
        return shown.toString();
    }

    /// Escapes as [#escape] does, but in the notation of JSON, `\\u202e`, so that JSON stays valid.
    public static String escapeAsJson(String text) {
        if (text.codePoints().allMatch(SafeText::isSafe)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isSafe(point)) {
                        shown.appendCodePoint(point);
                    } else {
                        Character.toString(point).chars().forEach(unit -> shown.append("\\u%04x".formatted(unit)));
                    }
                }
            }
        });
        return shown.toString();
    }

    /// Whether a character neither hides, reorders nor breaks a line of text.
    public static boolean isSafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// The part of an address that differs within its subnet: `.2` for 172.18.0.2 in 172.18.0.0/16.
    public static String addressInSubnet(InetAddress address, @Nullable Cidr subnet) {
        byte[] bytes = address.getAddress();
        if (subnet == null || bytes.length != 4 || !subnet.contains(address)) {
            return Addresses.format(address);
        }
        byte[] common = subnet.network().address().getAddress();
        int first = subnet.prefixLength() / 8;
        while (first < 3 && bytes[first] == common[first]) {
            first++;
        }
        StringBuilder label = new StringBuilder();
        for (int i = first; i < 4; i++) {
            label.append('.').append(bytes[i] & 0xff);
        }
        return label.toString();
    }

    /// Upper bound of the width of the text in the bold text font at 14 pixels. The layout cannot
    /// measure text, because it runs without JavaFX.
    public static double titleWidth(String text) {
        return text.codePointCount(0, text.length()) * 8.7;
    }

    /// Width of the text in the fixed-pitch font at this size.
    public static double monoWidth(String text, double size) {
        return text.codePointCount(0, text.length()) * size * 0.6;
    }
}
