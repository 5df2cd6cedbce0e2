package dev.patchbay.engine.kernel;

import dev.patchbay.engine.net.Family;

/// A rule as `iptables-save -c` or `ip6tables-save -c` prints it.
///
/// @param number its position in the chain, from 1
/// @param specification the text after `-A CHAIN`, as `-d 172.18.0.2/32 -p tcp -m tcp --dport 80 -j
///     ACCEPT`
public record KernelRule(
        Family family, String table, String chain, int number, long packets, long bytes, String specification) {}
