package dev.patchbay.core.packet;

import java.util.Set;

/// A chain that the kernel calls at a hook.
///
/// @param table its name, with the family before it for a table of nft: `filter`, `inet netavark`
/// @param nft whether iptables does not show it
/// @param translates whether it is called for the first packet of a connection only, to translate it
/// @param reroutes whether the kernel looks up the route again when it changes the mark: the type `route`
///     of nft, and `mangle` of iptables
/// @param drops whether its policy is to drop
public record BaseChain(
        String table,
        String name,
        boolean nft,
        NetfilterHook hook,
        int priority,
        boolean translates,
        boolean reroutes,
        boolean drops) {

    /// `filter FORWARD`, `inet netavark FORWARD`.
    public String fullName() {
        return table + " " + name;
    }

    /// Whether it sees frames between the ports of a bridge, instead of packets.
    public boolean ofBridge() {
        return table.startsWith("bridge ");
    }

    /// A chain of nft that sees the packets of one link before all others, or after; its rules are not derived.
    ///
    /// @param hook as nft names it
    /// @param devices its links; empty when they are not known
    public record OnLink(String table, String name, String hook, Set<String> devices) {
        public OnLink {
            devices = Set.copyOf(devices);
        }

        public String fullName() {
            return table + " " + name;
        }

        /// Whether it may see the packets of this link.
        public boolean mayConcern(String link) {
            return devices.isEmpty() || devices.contains(link);
        }
    }
}
