package dev.patchbay.engine.kernel;

/// Totals of one link of the host since it exists, as seen from the link: a container's sending is its veth's
/// receiving.
public record LinkCounters(String name, long rxBytes, long txBytes, long rxPackets, long txPackets) {}
