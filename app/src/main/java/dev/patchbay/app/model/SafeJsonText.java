package dev.patchbay.app.model;

/// Text of strangers as it may be shown: what would turn the direction of writing, break the line or take no room is
/// written as JSON escapes it.
public final class SafeJsonText {
    /// Nobody reads further along one line, and laying it out would take long.
    private static final int MAX_LENGTH = 2000;

    private SafeJsonText() {}

    public static String escape(String text) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        if (shown.chars().noneMatch(SafeJsonText::isUnsafe)) {
            return shown;
        }
        StringBuilder safe = new StringBuilder();
        shown.chars().forEach(c -> {
            if (isUnsafe(c)) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
