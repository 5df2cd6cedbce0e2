package dev.patchbay.core.refusal;

/// Refusals of a request to explain the path of a packet.
public final class ReachabilityRefusals {
    private static final String EXAMPLE =
            "Write the second end as web02:80/tcp, host:8080, outside:443, 192.0.2.7:443 or [2001:db8::7]:443, or"
                    + " without a port to ping it.";

    private ReachabilityRefusals() {}

    public static RefusedException portOnSource(String typed) {
        return RefusedException.of(
                "invalid-end", "the end that asks has no port: " + typed, "Write the port behind the second end.");
    }

    public static RefusedException emptyEnd() {
        return RefusedException.of(
                "invalid-end", "one end is empty", "Write a container's name, host, outside or an address.");
    }

    public static RefusedException bothOutside() {
        return RefusedException.of("invalid-end", "both ends are outside of this machine", EXAMPLE);
    }

    public static RefusedException otherFamily() {
        return RefusedException.of(
                "invalid-end",
                "the addresses that are asked for are not of one family",
                "Write two of IPv4, or two of IPv6, and -6 only with those.");
    }

    public static RefusedException noPort(String typed) {
        return RefusedException.of("invalid-port", "no single port: " + typed, EXAMPLE);
    }

    /// Also of an engine in another network namespace of this machine.
    public static RefusedException engineElsewhere() {
        return RefusedException.of(
                ExternalPublishRefusals.ENGINE_ELSEWHERE,
                "A path can be explained only on the machine that the engine runs on, in its network namespace",
                "Start Patchbay there: it reads the rules and routes that the packet meets.");
    }

    /// @param sentence Docker's
    public static RefusedException invalidPort(String sentence) {
        return RefusedException.of("invalid-port", sentence, EXAMPLE);
    }
}
