package dev.patchbay.core.packet;

import dev.patchbay.core.rules.FirewallRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdict of a chain that the kernel calls at a hook, or of all its NAT chains, for a packet.
///
/// @param chain at which the verdict was made
/// @param kind of the verdict
/// @param natArgument the address and port of a translation; empty otherwise
/// @param matchedRules every rule that matched, jumps included, in order; the last one decides unless
///     the policy does
/// @param decidingRule null when the chain's policy decides, or nothing does
/// @param packet with the marks that rules set; its addresses are not translated yet
public record HookVerdict(
        BaseChain chain,
        Kind kind,
        String natArgument,
        List<FirewallRule> matchedRules,
        @Nullable FirewallRule decidingRule,
        Packet packet) {
    public enum Kind {
        ACCEPTED,
        DROPPED,
        /// Dropped, and the sender is notified.
        REJECTED,
        /// The destination is translated.
        DNAT,
        /// The destination is translated to the machine itself, to the given port or the same.
        REDIRECTED,
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

    /// Marks may differ.
    boolean hasSameEffect(HookVerdict other) {
        return kind == other.kind
                && natArgument.equals(other.natArgument)
                && packet.tracking().untracked() == other.packet.tracking().untracked();
    }

    HookVerdict withPacket(Packet newPacket) {
        return new HookVerdict(chain, kind, natArgument, matchedRules, decidingRule, newPacket);
    }
}
