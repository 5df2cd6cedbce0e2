package dev.patchbay.app.model;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Text that is safe and short enough to draw.
public final class SafeText {
    /// More code points than this are cut out of the middle.
    public static final int MAX_LENGTH = 64;

    private SafeText() {}

    /// The text with everything that could hide, reorder or break a line of text written as `<U+202E>`, and not
    /// longer than [#MAX_LENGTH].
    public static String escapeAndShorten(String text) {
        int points = text.codePointCount(0, text.length());
        if (points <= MAX_LENGTH) {
            return escape(text);
        }
        String head = text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH / 2));
        String tail = text.substring(text.offsetByCodePoints(text.length(), 1 - MAX_LENGTH / 2));
        return escape(head) + '…' + escape(tail);
    }

    /// As [#escapeAndShorten], however long it is.
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

    /// As [#escape], written as JSON writes it: `\\u202e`. So JSON stays JSON.
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

    /// What tells an address from the others of its subnet: `.2` for 172.18.0.2 in 172.18.0.0/16.
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

    /// Wide enough for this many letters of the text font at 14 pixels, bold; the layout has no toolkit to ask.
    public static double titleWidth(String text) {
        return text.codePointCount(0, text.length()) * 8.7;
    }

    /// Width of the fixed-pitch font at this size.
    public static double monoWidth(String text, double size) {
        return text.codePointCount(0, text.length()) * size * 0.6;
    }
}
