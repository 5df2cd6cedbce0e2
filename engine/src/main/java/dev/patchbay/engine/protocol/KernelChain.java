package dev.patchbay.engine.protocol;

/// A chain as `iptables-save -c` shows it.
///
/// @param policy `ACCEPT` or `DROP`; `-` for a chain that is not built in
public record KernelChain(String table, String name, String policy, long packets, long bytes) {}
