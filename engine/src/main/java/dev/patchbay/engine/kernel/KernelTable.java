package dev.patchbay.engine.kernel;

import java.util.List;

/// A table of nf_tables that iptables does not show, created by another program, such as firewalld.
///
/// @param family `inet`, `ip`, `ip6`, `arp`, `bridge` or `netdev`
/// @param chains their names, in the kernel's order; at least one
/// @param text as `nft list table` prints it, without counters and the elements of sets; empty when it
///     cannot be read, usually because nft is not installed, or when it is too long for a frame
/// @param json the same as `nft -j list table` prints it, with the elements of sets; empty for the same
///     reasons
public record KernelTable(String family, String name, List<String> chains, String text, String json) {
    public KernelTable {
        chains = List.copyOf(chains);
    }
}
