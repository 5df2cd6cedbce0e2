package dev.patchbay.core.refusal;

/// Mistakes about the two ends of a way.
public final class ReachabilityMistakes {
    private static final String EXAMPLE =
            "Write the second end as web02:80/tcp, host:8080, outside:443, or without a port to ping it.";

    private ReachabilityMistakes() {}

    public static Mistake portAtTheStart(String typed) {
        return Mistake.of(
                "invalid-end", "the end that asks has no port: " + typed, "Write the port behind the second end.");
    }

    public static Mistake bothOutside() {
        return Mistake.of("invalid-end", "both ends are outside of this machine", EXAMPLE);
    }

    public static Mistake noPort(String typed) {
        return Mistake.of("invalid-port", "no single port: " + typed, EXAMPLE);
    }

    /// @param sentence Docker's
    public static Mistake invalidPort(String sentence) {
        return Mistake.of("invalid-port", sentence, EXAMPLE);
    }
}
