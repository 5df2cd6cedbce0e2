package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.reachability.Hop.Status;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a query.
///
/// @param title as `web01 → web02:80/tcp`
/// @param hops in the order of the packet; none after one that fails
/// @param destination of the sender; null when there is none
/// @param remedy null when none is needed, or none is known
public record TracedPath(
        ReachabilityQuery question,
        Message title,
        Verdict verdict,
        List<Hop> hops,
        @Nullable Destination destination,
        @Nullable Remedy remedy) {
    /// @param port ignored for a ping
    public record Destination(InetAddress address, int port) {}

    public enum Verdict {
        REACHABLE,
        BLOCKED,
        UNKNOWN
    }

    public TracedPath {
        hops = List.copyOf(hops);
    }

    /// The first hop that fails, or else the first that is unknown; null when all are ok.
    public @Nullable Hop firstProblem() {
        return first(Status.FAILS) == null ? first(Status.UNKNOWN) : first(Status.FAILS);
    }

    private @Nullable Hop first(Status mark) {
        return hops.stream().filter(hop -> hop.status() == mark).findFirst().orElse(null);
    }

    static Verdict verdict(List<Hop> hops) {
        if (hops.stream().anyMatch(hop -> hop.status() == Status.FAILS)) {
            return Verdict.BLOCKED;
        }
        return hops.stream().anyMatch(hop -> hop.status() == Status.UNKNOWN) ? Verdict.UNKNOWN : Verdict.REACHABLE;
    }
}
