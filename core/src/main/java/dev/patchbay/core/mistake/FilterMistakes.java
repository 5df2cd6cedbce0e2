package dev.patchbay.core.mistake;

/// Mistakes about which of many objects are meant.
public final class FilterMistakes {
    private FilterMistakes() {}

    public static Mistake unknown(String key) {
        return Mistake.of("invalid-filter", "Invalid filter '" + key + "'");
    }

    public static Mistake badValue(String key, String value) {
        return Mistake.of("invalid-filter", "Invalid filter '" + key + "=[" + value + "]'");
    }

    public static Mistake severalMoments() {
        return Mistake.of("invalid-filter", "more than one until filter specified");
    }

    public static Mistake notAMoment(String text) {
        return Mistake.of("invalid-filter", "failed to parse value as time or duration: \"" + text + "\"");
    }
}
