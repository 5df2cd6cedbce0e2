package dev.patchbay.core.packet;

import dev.patchbay.engine.kernel.KernelRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdict of one table at one hook for a packet.
///
/// @param kind of the verdict
/// @param natArgument the value of `--to-destination` or `--to-source`; empty otherwise
/// @param matchedRules every rule that matched, jumps included, in order; the last one decides unless
///     the policy does
/// @param decidingRule null when the chain's policy decides, or nothing does
public record HookVerdict(
        Kind kind,
        String natArgument,
        List<KernelRule> matchedRules,
        @Nullable KernelRule decidingRule) {
    public enum Kind {
        ACCEPTED,
        DROPPED,
        /// Dropped, and the sender is notified.
        REJECTED,
        /// The destination is translated.
        DNAT,
        /// The source is translated to the given address.
        SNAT,
        /// The source is translated to the address of the outgoing link.
        MASQUERADED,
        /// It depends on an unknown fact.
        UNKNOWN
    }

    public HookVerdict {
        matchedRules = List.copyOf(matchedRules);
    }

    boolean hasSameEffect(HookVerdict other) {
        return kind == other.kind && natArgument.equals(other.natArgument);
    }
}
