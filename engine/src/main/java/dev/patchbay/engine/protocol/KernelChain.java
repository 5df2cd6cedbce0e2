package dev.patchbay.engine.protocol;

import dev.patchbay.engine.spec.Family;

/// A chain as `iptables-save -c` or `ip6tables-save -c` shows it.
///
/// @param policy `ACCEPT` or `DROP`; `-` for a chain that is not built in
public record KernelChain(Family family, String table, String name, String policy, long packets, long bytes) {}
