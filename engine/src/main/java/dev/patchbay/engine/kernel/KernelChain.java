package dev.patchbay.engine.kernel;

import dev.patchbay.engine.net.Family;

/// A chain as `iptables-save -c` or `ip6tables-save -c` prints it.
///
/// @param policy `ACCEPT` or `DROP`; `-` for a chain that is not built in
public record KernelChain(Family family, String table, String name, String policy, long packets, long bytes) {}
