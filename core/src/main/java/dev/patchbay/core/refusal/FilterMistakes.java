package dev.patchbay.core.refusal;

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
        return Mistake.of("container-not-found", "no such container " + name);
    }

    public static Mistake badState(String state) {
        return Mistake.of("invalid-filter", "Invalid filter 'status=" + state + "'");
    }

    public static Mistake badHealth(String health) {
        return Mistake.of("invalid-filter", "Unrecognised filter value for health: " + health);
    }

    /// What the library says that Docker reads numbers with.
    public static Mistake notANumber(String text) {
        return Mistake.of("invalid-filter", "strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }

    public static Mistake notAPort(String key, String text) {
        return Mistake.of(
                "invalid-filter",
                "error while looking up for " + key + " " + text + ": strconv.ParseUint: parsing \"" + text
                        + "\": invalid syntax");
    }

    public static Mistake notAMoment(String text) {
        return Mistake.of("invalid-filter", "failed to parse value as time or duration: \"" + text + "\"");
    }
}
