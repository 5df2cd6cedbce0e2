package dev.patchbay.engine.spec;

import dev.patchbay.engine.net.Cidr;
import java.util.List;
import java.util.Map;

/// How a bridge was that was there before its network, and is left when the network goes. The helper reads it from
/// the kernel: a client only says that it means to use the bridge.
///
/// @param addresses that it had, of both families
/// @param up whether it was up
/// @param mtu 0 when it is not known
/// @param settings what those settings of the kernel were that a network changes, by key; absent where they are not
///     known
public record AdoptedBridge(List<Cidr> addresses, boolean up, int mtu, Map<String, String> settings) {
    public AdoptedBridge {
        addresses = List.copyOf(addresses);
        settings = Map.copyOf(settings);
    }

    /// As a client asks for it.
    public AdoptedBridge(List<Cidr> addresses, boolean up) {
        this(addresses, up, 0, Map.of());
    }
}
