package dev.patchbay.engine.kernel;

import dev.patchbay.engine.net.Family;

/// A rule of a container engine that the helper read from the kernel before, and that is not there any more.
///
/// @param number by which the helper knows it, as long as the helper runs
/// @param specification the text after `-A CHAIN`, as `iptables-save` printed it
public record GoneRule(long number, Family family, String table, String chain, String specification) {}
