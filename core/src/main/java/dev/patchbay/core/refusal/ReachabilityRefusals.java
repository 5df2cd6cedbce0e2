package dev.patchbay.core.refusal;

/// Mistakes about the two ends of a way.
public final class ReachabilityRefusals {
    private static final String EXAMPLE =
            "Write the second end as web02:80/tcp, host:8080, outside:443, or without a port to ping it.";

    private ReachabilityRefusals() {}

    public static RefusedException portOnSource(String typed) {
        return RefusedException.of(
                "invalid-end", "the end that asks has no port: " + typed, "Write the port behind the second end.");
    }

    public static RefusedException bothOutside() {
        return RefusedException.of("invalid-end", "both ends are outside of this machine", EXAMPLE);
    }

    public static RefusedException noPort(String typed) {
        return RefusedException.of("invalid-port", "no single port: " + typed, EXAMPLE);
    }

    /// @param sentence Docker's
    public static RefusedException invalidPort(String sentence) {
        return RefusedException.of("invalid-port", sentence, EXAMPLE);
    }
}
