package dev.patchbay.core.mistake;

/// Mistakes about which of many objects are meant.
public final class FilterMistakes {
    private FilterMistakes() {}

    public static Mistake unknown(String key) {
        return Mistake.of("invalid-filter", "Invalid filter '" + key + "'");
    }

    public static Mistake badPair(String key, String value) {
        return Mistake.of("invalid-filter", "invalid filter: '" + key + "'='" + value + "'");
    }

    public static Mistake notABoolean(String key) {
        return Mistake.of(
                "invalid-filter",
                "invalid value for filter '" + key + "', must be \"true\" (or \"1\"), or \"false\" (or \"0\")");
    }

    public static Mistake severalMoments() {
        return Mistake.of("invalid-filter", "more than one until filter specified");
    }

    public static Mistake noSuchContainer(String name) {
        return Mistake.of("container-not-found", "No such container: " + name);
    }

    public static Mistake notAMoment(String text) {
        return Mistake.of("invalid-filter", "failed to parse value as time or duration: \"" + text + "\"");
    }
}
