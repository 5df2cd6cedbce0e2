package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.rules.FirewallRule;
import java.util.List;

/// One step of the path.
///
/// @param title as `DNAT to 172.18.0.2:80`
/// @param detail as `rule 4, 128 packets`
/// @param sentence what happens here and why; empty when the title says it
/// @param rules of the kernel that match the packet here, in order
/// @param chain of iptables whose counters are compared when no rule decides, as `filter FORWARD`; empty
///     otherwise
/// @param locations in the order in which the packet passes them
public record Hop(
        Stage stage,
        Status status,
        Evidence evidence,
        Message title,
        Message detail,
        Message sentence,
        List<FirewallRule> rules,
        String chain,
        List<Location> locations) {

    public Hop {
        rules = List.copyOf(rules);
        locations = List.copyOf(locations);
    }

    public enum Stage {
        /// Whether a peer exists.
        END,
        NAME,
        ROUTE,
        /// The host's published port.
        PUBLISHED_PORT,
        /// The chain of jumps to the rule that translates.
        CHAIN,
        TRANSLATION,
        FILTER,
        MASQUERADE,
        ENDPOINT,
        LISTENER,
        /// A socket that keeps the port for an engine, and does not answer.
        RESERVATION,
        REPLY,
        PROBE
    }

    public enum Status {
        OK,
        FAILS,
        UNKNOWN
    }

    /// The evidence for a hop.
    public enum Evidence {
        /// Derived from rules, routes and sockets.
        DERIVED,
        /// A probe was sent, and was answered or not.
        PROBED,
        /// The counters of its rule changed with the probe.
        OBSERVED
    }

    Hop asObserved() {
        return new Hop(stage, status, Evidence.OBSERVED, title, detail, sentence, rules, chain, locations);
    }
}
