package dev.patchbay.core.packet;

import dev.patchbay.engine.kernel.KernelRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one hook of one table does with a packet.
///
/// @param kind what comes of the packet
/// @param natArgument behind `--to-destination` or `--to-source`; empty otherwise
/// @param matchedRules every rule that matched, jumps included, in order; the last one decides unless the policy does
/// @param decidingRule null when the chain's policy decides, or nothing does
public record HookVerdict(
        Kind kind,
        String natArgument,
        List<KernelRule> matchedRules,
        @Nullable KernelRule decidingRule) {
    public enum Kind {
        ACCEPTED,
        DROPPED,
        /// Dropped, and its sender told.
        REJECTED,
        /// Gets another destination.
        DNAT,
        /// Gets another source, which is named.
        SNAT,
        /// Gets the address of the link it leaves by for a source.
        MASQUERADED,
        /// It depends on something that is not known here.
        UNKNOWN
    }

    public HookVerdict {
        matchedRules = List.copyOf(matchedRules);
    }

    boolean hasSameEffect(HookVerdict other) {
        return kind == other.kind && natArgument.equals(other.natArgument);
    }
}
