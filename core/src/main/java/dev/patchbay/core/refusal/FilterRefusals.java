package dev.patchbay.core.refusal;

/// Refusals about filters of lists.
public final class FilterRefusals {
    private FilterRefusals() {}

    public static RefusedException unknown(String key) {
        return RefusedException.of("invalid-filter", "Invalid filter '" + key + "'");
    }

    public static RefusedException badPair(String key, String value) {
        return RefusedException.of("invalid-filter", "invalid filter: '" + key + "'='" + value + "'");
    }

    public static RefusedException notABoolean(String key) {
        return RefusedException.of(
                "invalid-filter",
                "invalid value for filter '" + key + "', must be \"true\" (or \"1\"), or \"false\" (or \"0\")");
    }

    public static RefusedException severalTimestamps() {
        return RefusedException.of("invalid-filter", "more than one until filter specified");
    }

    public static RefusedException noSuchContainer(String name) {
        return RefusedException.of("container-not-found", "no such container " + name);
    }

    public static RefusedException badState(String state) {
        return RefusedException.of("invalid-filter", "Invalid filter 'status=" + state + "'");
    }

    public static RefusedException badHealth(String health) {
        return RefusedException.of("invalid-filter", "Unrecognised filter value for health: " + health);
    }

    /// The sentence of Go's library, with which Docker parses numbers.
    public static RefusedException notANumber(String text) {
        return RefusedException.of("invalid-filter", "strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }

    public static RefusedException notAPort(String key, String text) {
        return RefusedException.of(
                "invalid-filter",
                "error while looking up for " + key + " " + text + ": strconv.ParseUint: parsing \"" + text
                        + "\": invalid syntax");
    }

    public static RefusedException notATimestamp(String text) {
        return RefusedException.of("invalid-filter", "failed to parse value as time or duration: \"" + text + "\"");
    }
}
