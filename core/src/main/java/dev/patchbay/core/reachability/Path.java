package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.reachability.Hop.Mark;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a question.
///
/// @param title as `web01 → web02:80/tcp`
/// @param hops in the order in which the packet meets them; none after one that fails
/// @param aim where the sender sends to; null when there is nothing to send to
/// @param remedy null when none is needed, or none is known
public record Path(
        Question question,
        Phrase title,
        Verdict verdict,
        List<Hop> hops,
        @Nullable Aim aim,
        @Nullable Remedy remedy) {
    /// @param port of no account when pinging
    public record Aim(InetAddress address, int port) {}

    public enum Verdict {
        REACHABLE,
        BLOCKED,
        UNKNOWN
    }

    public Path {
        hops = List.copyOf(hops);
    }

    /// The first hop that fails, or else the first that is unknown; null when all are well.
    public @Nullable Hop trouble() {
        return first(Mark.FAILS) == null ? first(Mark.UNKNOWN) : first(Mark.FAILS);
    }

    private @Nullable Hop first(Mark mark) {
        return hops.stream().filter(hop -> hop.mark() == mark).findFirst().orElse(null);
    }

    static Verdict verdict(List<Hop> hops) {
        if (hops.stream().anyMatch(hop -> hop.mark() == Mark.FAILS)) {
            return Verdict.BLOCKED;
        }
        return hops.stream().anyMatch(hop -> hop.mark() == Mark.UNKNOWN) ? Verdict.UNKNOWN : Verdict.REACHABLE;
    }
}
