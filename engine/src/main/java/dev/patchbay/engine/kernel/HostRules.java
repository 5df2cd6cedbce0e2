package dev.patchbay.engine.kernel;

import java.util.List;

/// The rules and links of the host with their counters at one moment.
///
/// @param nanos monotonic clock of the process that read them, for rates
/// @param firewall the program that reads the rules, as `iptables v1.8.9 (nf_tables)`; empty when they
///     cannot be read
/// @param chains of iptables
/// @param rules of iptables
/// @param tables of nf_tables that iptables does not show
public record HostRules(
        long nanos,
        String firewall,
        List<KernelChain> chains,
        List<KernelRule> rules,
        List<KernelTable> tables,
        List<LinkCounters> links) {
    public HostRules withTables(List<KernelTable> others) {
        return new HostRules(nanos, firewall, chains, rules, others, links);
    }
}
