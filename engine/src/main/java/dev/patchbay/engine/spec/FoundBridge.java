package dev.patchbay.engine.spec;

import java.util.List;

/// How a bridge that was there before its network was found, and is left when the network goes.
///
/// @param addresses that it had, of both families
/// @param up whether it was up
public record FoundBridge(List<Cidr> addresses, boolean up) {
    public FoundBridge {
        addresses = List.copyOf(addresses);
    }
}
