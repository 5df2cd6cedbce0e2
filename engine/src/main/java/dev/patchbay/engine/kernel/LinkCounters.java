package dev.patchbay.engine.kernel;

/// Totals of one link of the host since its creation, as seen from the link: the bytes that a container
/// sends are received by its veth.
public record LinkCounters(String name, long rxBytes, long txBytes, long rxPackets, long txPackets) {}
