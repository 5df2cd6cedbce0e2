package dev.patchbay.engine.netlink;

import dev.patchbay.engine.kernel.KernelState;

/// @param metric among routes to one destination the kernel uses the one with the lowest
public record RankedRoute(KernelState.Route route, int metric) {}
