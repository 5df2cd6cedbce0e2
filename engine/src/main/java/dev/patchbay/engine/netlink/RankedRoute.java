package dev.patchbay.engine.netlink;

import dev.patchbay.engine.kernel.KernelState;

/// @param metric of several routes to one destination the kernel takes the one with the lowest
public record RankedRoute(KernelState.Route route, int metric) {}
