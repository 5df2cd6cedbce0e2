package dev.patchbay.engine.kernel;

import java.util.List;

/// A table of nf_tables that iptables does not show: of whoever speaks to nf_tables without it, as firewalld does.
///
/// @param family `inet`, `ip`, `ip6`, `arp`, `bridge` or `netdev`
/// @param chains their names, in the kernel's order; at least one
/// @param text as `nft list table` prints it, without counters and without the elements of sets; empty where it
///     cannot be read, above all because nft is not installed, or is longer than a message may be
public record KernelTable(String family, String name, List<String> chains, String text) {
    public KernelTable {
        chains = List.copyOf(chains);
    }
}
